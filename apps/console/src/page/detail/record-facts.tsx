import type { ComponentChildren } from 'preact'
import type { ViewRow } from '../../shared/api.js'
import { CopyButton } from '../copy-button.js'
import { CopyIcon } from '../copy-icon.js'
import { waitInWords } from '../request/row-facts.js'
import { duration } from '../text/format.js'
import { oneLine } from '../text/visible.js'

/** Where the record is from, how long it took, and its ids. */
export function RecordFacts({ row }: { readonly row: ViewRow }) {
  return (
    <section>
      <h3>{headingOf(row)}</h3>
      <dl>
        <Fact name="service">{oneLine(row.service)}</Fact>
        {row.type === 'line' ? null : (
          <Fact name="duration">
            {row.end === undefined ? 'not ended as far as is known' : duration(row.end - row.at)}
          </Fact>
        )}
        {row.type === 'unit' && row.waited !== undefined ? (
          <Fact name="waited">{waitInWords(row.at, row.waited)}</Fact>
        ) : null}
        {row.type === 'line' && row.replayed ? <Fact name="replayed">kept until its unit failed</Fact> : null}
        <Id name="trace" id={row.traceId} />
        <Id name="span" id={row.spanId} />
      </dl>
    </section>
  )
}

function headingOf(row: ViewRow): string {
  if (row.type === 'line') return 'Log record'
  // A unit without a span is known from its lines alone.
  return row.seq === undefined ? 'Unit of work' : 'Span'
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Id({ name, id }: { readonly name: string; readonly id: string | undefined }) {
  if (id === undefined) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd class="mono fact-value">
        {oneLine(id)}
        <CopyButton name={`Copy the id of the ${name}`} class="icon-button" text={id}>
          <CopyIcon />
        </CopyButton>
      </dd>
    </div>
  )
}
