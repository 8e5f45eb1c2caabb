import type { RequestRow } from '../../shared/api.js'
import { counted } from '../text/format.js'
import { oneLine } from '../text/visible.js'

/** "✓ 201 ↻ 1 retry", "✓ 201 ✕ job gave up", "✕ 500", "… open". */
export function OutcomeText({
  row,
  isLong = false,
}: {
  readonly row: RequestRow
  readonly isLong?: boolean
}) {
  return (
    <>
      <Answer row={row} />
      {row.failure === undefined ? null : <span class="state bad">✕ {oneLine(row.failure)}</span>}
      {row.retries === 0 || row.failure !== undefined ? null : (
        <span class="state warn">
          ↻ {isLong ? counted(row.retries, 'failed attempt') : counted(row.retries, 'retry', 'retries')}
        </span>
      )}
    </>
  )
}

function Answer({ row: { statusCode, outcome, failure } }: { readonly row: RequestRow }) {
  if (statusCode !== undefined) {
    if (statusCode >= 500) return <span class="state bad">✕ {statusCode}</span>
    if (statusCode >= 400) return <span class="state warn">✕ {statusCode}</span>
    return <span class="state ok">✓ {statusCode}</span>
  }
  if (outcome === 'open') return <span class="state mute">… open</span>
  if (outcome !== 'failed') return <span class="state ok">✓ done</span>
  return failure === undefined ? <span class="state bad">✕ failed</span> : null
}
