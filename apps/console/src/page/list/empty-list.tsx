import type { StateFilter } from '../../shared/api.js'
import { CopyButton } from '../copy-button.js'
import { status } from '../live.js'
import { setParameters } from '../router.js'
import { counted } from '../text/format.js'
import { oneLine } from '../text/visible.js'
import { termsOf, withoutTerm } from './filter-terms.js'
import { answer } from './list-state.js'

/** Why there is nothing to see, and what to do about it. */
export function EmptyList({ filter, state }: { readonly filter: string; readonly state?: StateFilter }) {
  if (answer.value === undefined) return null
  if (filter === '' && (state === undefined || answer.value.counts.all === 0)) return <NothingYet />
  const because = answer.value.emptyBecause
  const index = because === undefined ? -1 : termsOf(filter).indexOf(because)
  return (
    <div class="empty">
      <p>
        <strong>No request matches.</strong>{' '}
        {state === undefined || answer.value.counts.all === 0
          ? null
          : `${answer.value.counts.all} match the filter, but none of them is “${state}”.`}
        {because === undefined ? null : (
          <>
            Without <code>{oneLine(because)}</code> there would be some.
          </>
        )}
      </p>
      <p class="actions">
        {index === -1 ? null : (
          <button class="button" onClick={() => setParameters({ q: withoutTerm(filter, index) })}>
            Leave it out
          </button>
        )}
        <button class="button" onClick={() => setParameters({ q: '', state: '' })}>
          Show all requests
        </button>
      </p>
    </div>
  )
}

function NothingYet() {
  const endpoint = status.value?.endpoint ?? location.origin
  const lines = [
    'OTEL_ENABLED=true',
    `OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}`,
    'OTEL_TRACES_SAMPLER_ARG=1',
    'LOG_EXPORT_LEVEL=debug',
    'OTEL_BSP_SCHEDULE_DELAY=500',
    'OTEL_BLRP_SCHEDULE_DELAY=500',
    'OTEL_METRIC_EXPORT_INTERVAL=5000',
  ].join('\n')
  return (
    <div class="empty">
      <p>
        <strong>Nothing has arrived yet.</strong> Start your service with these variables; any OpenTelemetry
        SDK that sends OTLP over HTTP does as well.
      </p>
      <pre>{lines}</pre>
      <p class="actions">
        <CopyButton text={lines} name="Copy the variables" />
      </p>
      <Refused />
    </div>
  )
}

function Refused() {
  const refused = status.value?.refused ?? 0
  if (refused === 0) return null
  return <p class="state warn">! {counted(refused, 'delivery', 'deliveries')} refused</p>
}
