import type uPlot from 'uplot'
import type { Options } from 'uplot'
import type { MetricPlot } from '../../shared/api.js'
import { SERIES_DASHES, type PlotColors } from './plot-colors.js'

const HEIGHT = 170
/** What the axis has room for: "0.05", "250", "10.9M". */
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })
const FONT = '11px system-ui, sans-serif'

/** One cursor for all plots: the key is the same. */
export function plotOptions(
  plot: MetricPlot,
  width: number,
  { text, grid }: PlotColors,
  colorOf: (index: number) => string,
): Options {
  const axis = { stroke: text, font: FONT, grid: { stroke: grid, width: 1 }, ticks: { show: false } }
  return {
    width,
    height: HEIGHT,
    padding: [8, 26, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: 'metrics' }, y: false, drag: { x: false, y: false } },
    scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) > 0 ? high * 1.1 : 1] } },
    axes: [
      { ...axis, size: 26, space: 80, values: (_, splits) => splits.map(clockOf) },
      { ...axis, size: 48, values: (_, splits) => splits.map((value) => SHORT.format(value)) },
    ],
    series: [
      {},
      ...plot.series.map((_, index) => ({
        stroke: colorOf(index),
        width: 1.5,
        dash: [...(SERIES_DASHES[index % SERIES_DASHES.length] ?? [])],
        // A line needs two values: one alone is a point.
        points: { show: true, size: 5, filter: (chart: uPlot, at: number) => lonely(chart.data[at] ?? []) },
        spanGaps: true,
      })),
    ],
  }
}

function lonely(values: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = []
  for (let index = 0; index < values.length; index++) {
    if (values[index] !== null && values[index] !== undefined) found.push(index)
    if (found.length > 1) return []
  }
  return found
}

function clockOf(seconds: number): string {
  return new Date(seconds * 1000).toTimeString().slice(0, 8)
}
