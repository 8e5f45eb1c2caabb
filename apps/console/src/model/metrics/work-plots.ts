import { type MetricPlot } from '../../shared/api.js'
import { rounded } from '../record/time.js'
import { type Axis, sharesOf } from './axis.js'
import { type Bin, quantile } from './buckets.js'
import { type Measurement } from './durations.js'

type Series = MetricPlot['series']

const MAX_SERIES = 8

/** How often a second, apart by name; nothing where nothing was measured at all. */
export function rateSeries(measurements: readonly Measurement[], axis: Axis): Series {
  const measured = new Set<number>()
  const byName = new Map<string, number[]>()
  for (const { name, from, to, bins } of measurements) {
    let counts = byName.get(name)
    if (counts === undefined) {
      if (byName.size >= MAX_SERIES) continue
      byName.set(name, (counts = Array.from({ length: axis.steps }, () => 0)))
    }
    const total = bins.reduce((sum, { count }) => sum + count, 0)
    for (const { step, share } of sharesOf(axis, from, to)) {
      measured.add(step)
      counts[step] = (counts[step] ?? 0) + total * share
    }
  }
  const perSecond = 1000 / axis.stepMs
  return [...byName]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, counts]) => ({
      name,
      values: counts.map((count, step) => (measured.has(step) ? rounded(count * perSecond) : null)),
    }))
}

/** The median and what all but one in twenty keep to. */
export function latencySeries(measurements: readonly Measurement[], axis: Axis): Series {
  if (measurements.length === 0) return []
  const steps: Bin[][] = Array.from({ length: axis.steps }, () => [])
  for (const { from, to, bins } of measurements) {
    for (const { step, share } of sharesOf(axis, from, to)) {
      for (const { low, high, count } of bins) steps[step]?.push({ low, high, count: count * share })
    }
  }
  return [0.5, 0.95].map((share) => ({
    name: `p${share * 100}`,
    values: steps.map((bins) => {
      const value = quantile(bins, share)
      return value === null ? null : rounded(value)
    }),
  }))
}
