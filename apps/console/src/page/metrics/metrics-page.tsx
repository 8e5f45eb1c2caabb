import { useEffect, useState } from 'preact/hooks'
import type { MetricsView } from '../../shared/api.js'
import { fetchMetrics } from '../client.js'
import { PageHeading } from '../heading.js'
import { useKeys } from '../keys.js'
import { usePolled } from '../poll.js'
import { backToList, parameter, setParameters } from '../router.js'
import { KeysLine } from '../shell/keys-line.js'
import { fromFirstValue } from './from-first-value.js'

const EVERY_MS = 3000
const SPANS = [5, 15, 60]
const USUAL = 15

type Plots = typeof import('./plots.js').Plots

/** The plotting library is loaded with the first visit: no other page needs it. */
export function MetricsPage() {
  const minutes = readMinutes(parameter('minutes'))
  const { answer, failure } = usePolled(`metrics ${minutes}`, EVERY_MS, (signal) =>
    fetchMetrics(minutes, signal),
  )
  const [plots, setPlots] = useState<{ readonly Plots: Plots }>()
  useEffect(() => void import('./plots.js').then(setPlots), [])
  useKeys({ Escape: backToList })
  return (
    <>
      <div class="bar">
        <PageHeading title="Metrics" />
        <span class="spread" />
        <div class="choice" role="group" aria-label="Time shown">
          {SPANS.map((span) => (
            <button
              key={span}
              class="button"
              aria-pressed={span === minutes}
              onClick={() => setParameters({ minutes: span === USUAL ? '' : String(span) })}
            >
              {span} min
            </button>
          ))}
        </div>
      </div>
      {failure === undefined ? null : <p class="failure">✕ {failure}</p>}
      {answer === undefined || plots === undefined ? null : isEmpty(answer) ? (
        <NothingYet />
      ) : (
        <plots.Plots metrics={fromFirstValue(answer)} />
      )}
      <KeysLine
        keys={[
          ['Esc', 'back'],
          ['?', 'all keys'],
        ]}
      />
    </>
  )
}

function NothingYet() {
  return (
    <div class="empty">
      <p>
        <strong>No data yet.</strong> Services send metrics once a minute. To see them sooner, start with:
      </p>
      <pre>OTEL_METRIC_EXPORT_INTERVAL=5000</pre>
    </div>
  )
}

function isEmpty({ times, plots }: MetricsView): boolean {
  return times.length === 0 || plots.every(({ series }) => series.length === 0)
}

function readMinutes(text: string): number {
  const value = Number(text)
  return SPANS.includes(value) ? value : USUAL
}
