import type { SpanRow } from '../../shared/api.js'
import { manyLines } from '../text/visible.js'

/** The statement, and the comment that ties it to the request. */
export function SqlPanel({ sql }: { readonly sql: NonNullable<SpanRow['sql']> }) {
  return (
    <section>
      <h3>SQL</h3>
      <pre>
        {manyLines(sql.text)}
        {sql.comment === undefined ? null : <span class="sql-comment"> {manyLines(sql.comment)}</span>}
      </pre>
    </section>
  )
}
