import type { MetricsView } from '../../shared/api.js'

/** Seconds that plots show at least: a single value is not to fill them. */
const LEAST = 120

/** Without the time before anything was measured: a console of a minute ago would show empty plots for a quarter of an hour. */
export function fromFirstValue(metrics: MetricsView): MetricsView {
  const { times, plots } = metrics
  const measured = times.findIndex((_, index) =>
    plots.some(({ series }) => series.some(({ values }) => (values[index] ?? null) !== null)),
  )
  const latest = (times.at(-1) ?? 0) - LEAST
  const first = times.findIndex((time, index) => index >= measured || time >= latest)
  if (measured <= 0 || first <= 0) return metrics
  return {
    times: times.slice(first),
    plots: plots.map((plot) => ({
      ...plot,
      series: plot.series.map(({ name, values }) => ({ name, values: values.slice(first) })),
    })),
  }
}
