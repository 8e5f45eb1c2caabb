import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { describe, expect, it } from '@jest/globals'
import { decodeRequest, metricsOf } from '../src/index.js'
import {
  AggregationTemporality,
  MetricsDataSchema,
  type MetricSchema,
} from '../src/proto/opentelemetry/proto/metrics/v1/metrics_pb.js'

function viewOf(metric: MessageInitShape<typeof MetricSchema>) {
  const [view] = metricsOf(
    create(MetricsDataSchema, { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }),
  )
  return view
}

describe('metricsOf', () => {
  it('shows a summary', () => {
    const quantileValues = [{ quantile: 0.5, value: 3 }]
    const view = viewOf({
      name: 'latency',
      data: { case: 'summary', value: { dataPoints: [{ count: 2n, sum: 7, quantileValues }] } },
    })

    expect(view).toEqual({
      name: 'latency',
      unit: '',
      description: '',
      type: 'summary',
      points: [{ attributes: {}, count: 2, sum: 7, quantiles: [{ quantile: 0.5, value: 3 }] }],
      scope: { name: '', version: '' },
      resource: {},
    })
  })

  it('shows exemplars with their span', () => {
    const exemplars = [
      {
        value: { case: 'asDouble' as const, value: 0.5 },
        traceId: Buffer.alloc(16, 1),
        spanId: Buffer.alloc(8, 2),
      },
      { value: { case: 'asInt' as const, value: 2n } },
    ]
    const view = viewOf({ data: { case: 'gauge', value: { dataPoints: [{ exemplars }] } } })

    expect(view?.points).toEqual([
      {
        attributes: {},
        value: null,
        exemplars: [
          { value: 0.5, attributes: {}, traceId: '01'.repeat(16), spanId: '02'.repeat(8) },
          { value: 2, attributes: {}, traceId: undefined, spanId: undefined },
        ],
      },
    ])
  })

  it('tells an absent sum from none', () => {
    const dataPoints = [{ count: 1n }, { count: 1n, sum: 0 }]
    const aggregationTemporality = AggregationTemporality.CUMULATIVE
    const view = viewOf({ data: { case: 'histogram', value: { dataPoints, aggregationTemporality } } })

    expect(view).toMatchObject({ temporality: 'CUMULATIVE', points: [{ sum: undefined }, { sum: 0 }] })
  })

  it('shows what the definitions do not know by its number, and a metric without data', () => {
    const sum = { name: 'later', sum: { aggregationTemporality: 9 } }
    const json = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [sum] }] }] })
    const { message } = decodeRequest('metrics', 'json', Buffer.from(json))

    expect(metricsOf(message)).toMatchObject([{ type: 'sum', temporality: '9', monotonic: false }])
    expect(viewOf({ name: 'empty' })).toMatchObject({ name: 'empty', type: 'none', points: [] })
  })
})
