import type { RequestView } from '../../shared/api.js'
import { exportPath } from '../client.js'
import { CopyButton } from '../copy-button.js'
import { CopyIcon } from '../copy-icon.js'
import { PageHeading } from '../heading.js'
import { Link } from '../link.js'
import { OutcomeText } from '../list/outcome.js'
import { term } from '../list/filter-terms.js'
import { listPath } from '../page-path.js'
import { listAddress } from '../router.js'
import { clock, count, duration } from '../text/format.js'
import { LongName } from '../text/long-name.js'
import { oneLine } from '../text/visible.js'

export function RequestHead({ view }: { readonly view: RequestView }) {
  const { row } = view
  const name = oneLine(row.name)
  return (
    <div class="request-head">
      <div class="request-title">
        <div>
          <Link to={listAddress()} class="back">
            ← Requests
          </Link>
          <PageHeading title={name}>
            <bdi>
              <LongName name={row.name} />
            </bdi>{' '}
            <OutcomeText row={row} isLong />
          </PageHeading>
        </div>
        <Actions view={view} />
      </div>
      <Facts view={view} />
    </div>
  )
}

function Actions({ view: { row, curl } }: { readonly view: RequestView }) {
  const path = exportPath(row.key)
  return (
    <div class="actions">
      <CopyButton name="Copy link" text={() => Promise.resolve(location.href)} />
      {curl === undefined ? null : (
        <CopyButton name="Copy as cURL" text={curl}>
          cURL
        </CopyButton>
      )}
      <CopyButton name="Copy as JSON" text={() => fetch(path).then((response) => response.text())}>
        JSON
      </CopyButton>
      <a class="button" href={path} download={`${fileName(row.key)}.json`} title="Save all records as a file">
        Save
      </a>
    </div>
  )
}

function Facts({ view }: { readonly view: RequestView }) {
  const { row, traces } = view
  const id = row.requestId ?? traces[0]
  return (
    <div class="facts">
      {id === undefined ? null : (
        <span class="fact-id">
          {row.requestId === undefined ? 'no request.id, trace ' : 'request.id '}
          <code>{oneLine(id)}</code>
          <CopyButton name="Copy the id" class="icon-button" text={id}>
            <CopyIcon />
          </CopyButton>
        </span>
      )}
      {row.userId === undefined ? null : (
        <span>
          user{' '}
          <Link to={listPath(term('user', row.userId))} title="Requests of this user">
            <b>{oneLine(row.userId)}</b>
          </Link>
        </span>
      )}
      {row.labels.length === 0 ? null : (
        <span class="chips">
          {row.labels.map((label) => (
            <span key={label} class="chip">
              <bdi>{oneLine(label)}</bdi>
            </span>
          ))}
        </span>
      )}
      <span>
        started <b>{clock(row.started)}</b>
      </span>
      <Times row={row} />
      <span>
        <Amount
          value={row.services.length}
          noun="service"
          title={row.services.map((name) => oneLine(name)).join(', ')}
        />{' '}
        ·{' '}
        <Amount
          value={traces.length}
          noun="trace"
          title={traces
            .slice(0, 20)
            .map((id) => oneLine(id))
            .join('\n')}
        />{' '}
        · <Amount value={row.spans} noun="span" /> · <Amount value={row.lines} noun="line" />
      </span>
    </div>
  )
}

function Times({ row: { answerMs, doneMs, outcome } }: Pick<RequestView, 'row'>) {
  return (
    <>
      {answerMs === undefined ? null : (
        <span>
          answered in <b>{duration(answerMs)}</b>
        </span>
      )}
      {doneMs === undefined ? null : (
        <span>
          {outcome === 'open' ? 'last record after' : 'all done after'} <b>{duration(doneMs)}</b>
        </span>
      )}
    </>
  )
}

function Amount({
  value,
  noun,
  title,
}: {
  readonly value: number
  readonly noun: string
  readonly title?: string
}) {
  return (
    <span title={title}>
      <b>{count(value)}</b> {noun}
      {value === 1 ? '' : 's'}
    </span>
  )
}

function fileName(key: string): string {
  return `request-${key.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 80)}`
}
