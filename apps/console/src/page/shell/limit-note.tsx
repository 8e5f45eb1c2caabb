import { signal } from '@preact/signals'
import { status } from '../live.js'
import { evictedText } from './meter.js'

const isDismissed = signal(false)

/** Says that the bound was reached: what is missing may have left rather than never arrived. */
export function LimitNote() {
  const { value } = status
  if (value === undefined || value.evicted.requests === 0 || isDismissed.value) return null
  return (
    <section class="note" aria-label="Limit reached">
      <span>
        <b>The store is full.</b> The oldest requests make room: {evictedText(value)}
      </span>
      <button class="button quiet" aria-label="Dismiss this note" onClick={() => (isDismissed.value = true)}>
        ×
      </button>
    </section>
  )
}
