import type { AlignedData } from 'uplot'
import type { MetricPlot } from '../../shared/api.js'

/** Columns as the plotting library wants them: the times, then the values of each series. */
export function plotData(times: readonly number[], plot: MetricPlot): AlignedData {
  return [[...times], ...plot.series.map(({ values }) => [...values])]
}
