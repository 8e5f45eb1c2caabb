import { describe, expect, it } from '@jest/globals'
import { fromFirstValue } from '../../src/page/metrics/from-first-value.js'
import type { MetricsView } from '../../src/shared/api.js'

/** A value every ten seconds, `empty` of them missing at the beginning. */
function view(count: number, empty: number): MetricsView {
  const times = Array.from({ length: count }, (_, index) => index * 10)
  const values = times.map((time, index) => (index < empty ? null : time))
  return {
    times,
    plots: [
      { id: 'memory', title: 'Memory', unit: 'MB', source: 'a metric', series: [{ name: 'rss', values }] },
    ],
  }
}

const shown = ({ times, plots }: MetricsView) => [times[0], times.at(-1), plots[0]?.series[0]?.values[0]]

describe('fromFirstValue', () => {
  it.each([
    ['nothing where all is measured', view(100, 0), [0, 990, 0]],
    ['what came before the first value', view(100, 60), [600, 990, 600]],
    ['but leaves two minutes', view(100, 98), [870, 990, null]],
    ['nothing of fewer than two minutes', view(5, 3), [0, 40, null]],
    ['nothing where nothing was measured', view(100, 100), [0, 990, null]],
  ])('takes away %s', (_name, given, expected) => {
    expect(shown(fromFirstValue(given))).toEqual(expected)
  })
})
