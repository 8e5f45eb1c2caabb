import { describe, expect, it } from '@jest/globals'
import { Store } from '../../src/model/store.js'
import { BASE, decoded, keyValues, nanos, payloadsOf, resourceOf } from '../support/records.js'

const MINUTE = 60_000
const now = BASE + 5 * MINUTE

function metricsOf(...metrics: readonly object[]) {
  const store = new Store()
  for (const metric of metrics) {
    store.add(
      decoded('metrics', {
        resourceMetrics: [{ resource: resourceOf('api'), scopeMetrics: [{ metrics: [metric] }] }],
      }),
    )
  }
  const { times, plots } = store.metrics({ minutes: 5, now })
  const of = (id: string) => plots.find((plot) => plot.id === id)
  return { times, of, store }
}

const point = (at: number, counts: readonly number[], start = 0) => ({
  startTimeUnixNano: nanos(start),
  timeUnixNano: nanos(at),
  count: String(counts.reduce((sum, count) => sum + count, 0)),
  bucketCounts: counts.map(String),
  explicitBounds: [0.01, 0.1],
  attributes: keyValues({ 'http.response.status_code': 201 }),
})
const histogram = (temporality: number, ...dataPoints: readonly object[]) => ({
  name: 'http.server.request.duration',
  unit: 's',
  histogram: { aggregationTemporality: temporality, dataPoints },
})

describe('the metrics of a store', () => {
  it('takes cumulative counts apart, also after a restart', () => {
    const { times, of } = metricsOf(
      histogram(2, point(MINUTE, [60, 0, 0])),
      histogram(2, point(2 * MINUTE, [60, 120, 0])),
      histogram(2, point(4 * MINUTE, [0, 60, 0], 3 * MINUTE)),
    )
    expect(times).toHaveLength(60)
    const rates = of('requests')
    expect(rates).toMatchObject({
      unit: '/s',
      source: 'http.server.request.duration',
      series: [{ name: '2xx' }],
    })
    const values = rates?.series[0]?.values ?? []
    expect([values[3], values[15], values[30], values[40], values[55]]).toEqual([1, 2, null, 1, null])
    const [p50, p95] = of('requestLatency')?.series ?? []
    expect([p50?.values[3], p95?.values[15]]).toEqual([5, 95.5])
  })

  it('takes deltas as they are', () => {
    const { of } = metricsOf(
      histogram(1, point(MINUTE, [30, 30, 0])),
      histogram(1, point(2 * MINUTE, [60, 0, 0], MINUTE)),
    )
    const values = of('requests')?.series[0]?.values ?? []
    expect([values[3], values[20]]).toEqual([1, 1])
  })

  it('reads exponential histograms, whose buckets may get coarser', () => {
    const exponential = (at: number, scale: number, offset: number, counts: readonly number[]) => ({
      name: 'messaging.process.duration',
      unit: 's',
      exponentialHistogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            startTimeUnixNano: nanos(0),
            timeUnixNano: nanos(at),
            scale,
            positive: { offset, bucketCounts: counts.map(String) },
            attributes: keyValues({ 'job.outcome': 'ok' }),
          },
        ],
      },
    })
    const { of } = metricsOf(exponential(MINUTE, 1, 0, [30, 30]), exponential(2 * MINUTE, 0, 0, [120]))
    expect(of('jobs')?.series[0]).toMatchObject({ name: 'ok' })
    expect(of('jobs')?.series[0]?.values[20]).toBe(1)
    expect(of('jobLatency')?.series[0]?.values[20]).toBe(1500)
  })

  it('shows gauges in the units of the plots, the spaces of a heap as one', () => {
    const gauge = (name: string, ...values: readonly number[]) => ({
      name,
      gauge: { dataPoints: values.map((asDouble) => ({ timeUnixNano: nanos(MINUTE), asDouble })) },
    })
    const { of } = metricsOf(
      gauge('nodejs.eventloop.delay.p99', 0.025),
      gauge('v8js.memory.heap.used', 2 ** 20, 2 ** 21),
      gauge('ws.server.active_connections', 4),
    )
    const at = (id: string) =>
      of(id)?.series.map(({ name, values }) => [name, values[11], values[20], values[59]])
    expect(at('eventLoop')).toEqual([['p99 api', 25, 25, null]])
    expect(at('memory')).toEqual([['heap api', 3, 3, null]])
    expect(at('sockets')).toEqual([['open api', 4, 4, null]])
  })

  it('goes by the spans where no metrics arrive, and says so', () => {
    const { store } = metricsOf()
    const span = {
      trace: 1,
      name: 'GET',
      kind: 'server',
      at: MINUTE,
      ms: 40,
      attributes: { 'http.response.status_code': 500 },
    } as const
    for (const payload of payloadsOf([1, 2, 3].map((number) => ({ ...span, span: number }))))
      store.add(payload)
    const { plots } = store.metrics({ minutes: 5, now })
    expect(plots[0]).toMatchObject({ source: 'spans in the store', series: [{ name: '5xx' }] })
    expect(plots[0]?.series[0]?.values[12]).toBe(0.6)
    expect(plots[1]?.series[0]?.values[12]).toBe(40)
    expect(plots[2]).toMatchObject({ source: 'nothing arrived yet', series: [] })
  })
})
