import type { Signal } from '@preact/signals'
import type { RequestView, ViewRow } from '../../shared/api.js'
import { KindBadge, LevelBadge } from '../badge.js'
import { Link } from '../link.js'
import { term } from '../list/filter-terms.js'
import { listPath } from '../page-path.js'
import { titleOf } from '../request/row-facts.js'
import { duration } from '../text/format.js'
import { manyLines } from '../text/visible.js'
import { AttributeList } from './attribute-list.js'
import { ContextPanel } from './context-panel.js'
import { ErrorPanel } from './error-panel.js'
import { RawPanel } from './raw-panel.js'
import { RecordFacts } from './record-facts.js'
import { SqlPanel } from './sql-panel.js'

interface Props {
  readonly view: RequestView
  /** Of the selected row. */
  readonly index: number
  readonly rawIsOpen: Signal<boolean>
  readonly onSelect: (index: number) => void
}

/** All that is known of the selected row. */
export function Detail({ view, index, rawIsOpen, onSelect }: Props) {
  const row = view.rows[index]
  if (row === undefined) return null
  return (
    <aside class="detail" id="detail" aria-label="Details" tabIndex={0}>
      <h2>
        {row.type === 'line' ? <LevelBadge level={row.level} /> : <KindBadge kind={row.kind} />}
        <bdi class="detail-title">{titleOf(row)}</bdi>
        <span class="spread" />
        <span class="mono mute">+{duration(row.at)}</span>
      </h2>
      <Message row={row} />
      {row.error === undefined ? null : <ErrorPanel error={row.error} />}
      {row.type === 'span' && row.sql !== undefined ? <SqlPanel sql={row.sql} /> : null}
      <ContextPanel view={view} index={index} onSelect={onSelect} />
      <AttributeList attributes={row.attributes} />
      <RecordFacts row={row} />
      <section class="actions">
        {row.seq === undefined ? null : (
          <button
            class="button"
            title="r"
            aria-expanded={rawIsOpen.value}
            onClick={() => (rawIsOpen.value = !rawIsOpen.value)}
          >
            Raw record
          </button>
        )}
        {row.type === 'line' ? (
          <Link to={listPath(term('event', row.event))} class="button">
            Filter by this event
          </Link>
        ) : (
          <Link to={listPath(term('service', row.service))} class="button">
            Filter by this service
          </Link>
        )}
      </section>
      {row.seq !== undefined && rawIsOpen.value ? <RawPanel key={row.seq} seq={row.seq} /> : null}
    </aside>
  )
}

function Message({ row }: { readonly row: ViewRow }) {
  if (row.type !== 'line' || row.message === undefined || row.message === row.error?.message) return null
  return (
    <section>
      <h3>Message</h3>
      <p class="message">{manyLines(row.message)}</p>
    </section>
  )
}
