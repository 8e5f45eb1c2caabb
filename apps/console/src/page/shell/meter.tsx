import type { Status } from '../../shared/api.js'
import { status } from '../live.js'
import { clock, count, counted, megabytes } from '../text/format.js'

/** How full the store is. */
export function Meter() {
  const { value } = status
  if (value === undefined) return null
  const full = Math.min(1, Math.max(value.records / value.limits.records, value.bytes / value.limits.bytes))
  return (
    <span
      class="meter wide-only"
      title={explain(value)}
      tabIndex={0}
      role="group"
      aria-label={`Store. ${explain(value)}`}
    >
      <span>
        {count(value.records)} of {count(value.limits.records)} records
      </span>
      <svg class="meter-bar" width="64" height="6" viewBox="0 0 64 6" aria-hidden="true">
        <rect class="meter-all" width="64" height="6" rx="3" />
        <rect
          class={full > 0.9 ? 'meter-full' : 'meter-used'}
          width={Math.max(full > 0 ? 1.5 : 0, full * 64)}
          height="6"
          rx="3"
        />
      </svg>
    </span>
  )
}

export function evictedText({ evicted }: Status): string {
  if (evicted.requests === 0) return 'Nothing had to leave so far.'
  const since = evicted.since === undefined ? '' : ` since ${clock(evicted.since).slice(0, 8)}`
  return `${counted(evicted.requests, 'request')} (${counted(evicted.records, 'record')}) left${since}.`
}

function explain(value: Status): string {
  const { store, bytes, limits, refused } = value
  const kept = store.kind === 'sqlite' ? `Kept in ${store.file ?? 'SQLite'}` : 'Kept in memory'
  const parts = [
    `${kept}, ${megabytes(bytes)} of ${megabytes(limits.bytes)}.`,
    'The oldest whole request goes first.',
    evictedText(value),
    refused === 0 ? '' : `${counted(refused, 'delivery', 'deliveries')} refused.`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}
