import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { MetricPlot, MetricsView } from '../../shared/api.js'
import { isDark } from '../media.js'
import { oneLine } from '../text/visible.js'
import { theme } from '../theme.js'
import { plotColors, seriesColor, SERIES_DASHES } from './plot-colors.js'
import { plotData } from './plot-data.js'
import { plotOptions } from './plot-options.js'

/** Six plots on one cursor of time. */
export function Plots({ metrics }: { readonly metrics: MetricsView }) {
  return (
    <div class="plots">
      {metrics.plots.map((plot) => (
        <Plot key={plot.id} plot={plot} times={metrics.times} />
      ))}
    </div>
  )
}

interface PlotProps {
  readonly plot: MetricPlot
  readonly times: readonly number[]
}

function Plot({ plot, times }: PlotProps) {
  const titleId = `plot-${plot.id}`
  return (
    <figure class="plot" aria-labelledby={titleId}>
      <figcaption>
        <h2 id={titleId}>
          {oneLine(plot.title)} <small class="mute">{oneLine(plot.unit)}</small>
        </h2>
        <Legend plot={plot} />
      </figcaption>
      {plot.series.length === 0 ? (
        <p class="plot-empty mute">
          No data yet. Metrics are sent every <code>OTEL_METRIC_EXPORT_INTERVAL</code> milliseconds, 60000
          unless it is set.
        </p>
      ) : (
        <Canvas plot={plot} times={times} />
      )}
      <p class="plot-source mute">{oneLine(plot.source)}</p>
    </figure>
  )
}

/** As text: the library would take a name for markup. */
function Legend({ plot }: { readonly plot: MetricPlot }) {
  return (
    <ul class="plot-legend">
      {plot.series.map(({ name, values }, index) => (
        <li key={name}>
          <svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
            <line
              class={`series s-${index % 5}`}
              x1="0"
              y1="4"
              x2="18"
              y2="4"
              stroke-dasharray={SERIES_DASHES[index % 5]?.join(' ')}
            />
          </svg>
          <bdi>{oneLine(name, 60)}</bdi> <b>{lastOf(values)}</b>
        </li>
      ))}
    </ul>
  )
}

function Canvas({ plot, times }: PlotProps) {
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | undefined>(undefined)
  const names = plot.series.map(({ name }) => name).join('\n')
  useLayoutEffect(() => {
    const element = holder.current
    if (element === null) return undefined
    const options = plotOptions(plot, element.clientWidth, plotColors(element), (index) =>
      seriesColor(element, index),
    )
    const made = new uPlot(options, plotData(times, plot), element)
    chart.current = made
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: options.height }),
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [names, theme.value, isDark.value])
  useEffect(() => chart.current?.setData(plotData(times, plot)), [times, plot])
  return <div class="plot-canvas" ref={holder} role="img" aria-label={`${oneLine(plot.title)} over time`} />
}

function lastOf(values: readonly (number | null)[]): string {
  const last = values.findLast((value) => value !== null)
  return last === undefined || last === null ? '–' : Number(last.toPrecision(3)).toLocaleString('en-US')
}
