import { describe, expect, it } from '@jest/globals'
import { ValueType } from '@opentelemetry/api'
import { AggregationTemporality, DataPointType, type MetricData } from '@opentelemetry/sdk-metrics'
import { decodeRequest, metricsOf } from '@throughline/otlp'
import { countDataPoints, createMetricsEncoder } from '../../src/otlp/metrics-encoder.js'
import { gauge, metricsRequest, point, RESOURCE, SCOPE, sentMetrics } from './harness.js'

const { DELTA, CUMULATIVE } = AggregationTemporality
const descriptor = { name: 'm', description: 'What it is.', unit: 'By', valueType: ValueType.DOUBLE }
const ORIGIN = {
  scope: expect.objectContaining({ name: 'scope', version: '1.2.3' }),
  resource: { 'service.name': 'test', 'process.pid': 7 },
}

describe('createMetricsEncoder', () => {
  it('writes all of a sum', () => {
    const sum: MetricData = {
      descriptor,
      aggregationTemporality: DELTA,
      dataPointType: DataPointType.SUM,
      isMonotonic: true,
      dataPoints: [point({ value: 0.5, attributes: { a: 1 } }), point({ value: 2 })],
    }
    expect(sentMetrics(metricsRequest(sum))).toEqual([
      {
        name: 'm',
        description: 'What it is.',
        unit: 'By',
        type: 'sum',
        temporality: 'DELTA',
        monotonic: true,
        points: [
          { attributes: { a: 1 }, value: 0.5, exemplars: [] },
          { attributes: {}, value: 2, exemplars: [] },
        ],
        ...ORIGIN,
      },
    ])
  })

  it('writes when a point began and ended', () => {
    const { body = new Uint8Array() } = createMetricsEncoder()(metricsRequest(gauge('a')))
    const { message } = decodeRequest('metrics', 'protobuf', body)
    const { data } = message.resourceMetrics[0]?.scopeMetrics[0]?.metrics[0] ?? {}
    expect(data?.value).toMatchObject({
      dataPoints: [
        {
          startTimeUnixNano: 1_700_000_000_000_000_000n,
          timeUnixNano: 1_700_000_060_123_456_789n,
          value: { case: 'asDouble' },
        },
      ],
    })
  })

  it('writes all of a histogram', () => {
    const value = {
      buckets: { boundaries: [0.5, 1], counts: [1, 0, 2 ** 53] },
      count: 2 ** 53,
      sum: 7.5,
      min: 0.1,
      max: 5,
    }
    const histogram: MetricData = {
      descriptor,
      aggregationTemporality: CUMULATIVE,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: [{ ...point(), value }],
    }
    expect(sentMetrics(metricsRequest(histogram))).toMatchObject([
      {
        type: 'histogram',
        temporality: 'CUMULATIVE',
        points: [
          { bounds: [0.5, 1], buckets: [1, 0, 2n ** 53n], count: 2n ** 53n, sum: 7.5, min: 0.1, max: 5 },
        ],
      },
    ])
  })

  it('writes all of an exponential histogram', () => {
    const value = {
      count: 9,
      scale: -3,
      zeroCount: 2,
      positive: { offset: -5, bucketCounts: [1, 2 ** 40] },
      negative: { offset: 70_000, bucketCounts: [] },
    }
    const histogram: MetricData = {
      descriptor,
      aggregationTemporality: DELTA,
      dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM,
      dataPoints: [{ ...point(), value }],
    }
    expect(sentMetrics(metricsRequest(histogram))).toMatchObject([
      {
        type: 'exponentialHistogram',
        temporality: 'DELTA',
        points: [
          {
            count: 9,
            scale: -3,
            zeroCount: 2,
            positive: { offset: -5, buckets: [1, 2 ** 40] },
            negative: { offset: 70_000, buckets: [] },
            sum: undefined,
            min: undefined,
            max: undefined,
          },
        ],
      },
    ])
  })

  it.each<[string, number, number | bigint]>([
    ['INT', -1, -1],
    ['INT', -(2 ** 32), -(2 ** 32)],
    ['INT', -(2 ** 32) - 1, -(2 ** 32) - 1],
    ['INT', 2 ** 53, 2n ** 53n],
    ['INT', -(2 ** 63), -(2n ** 63n)],
    ['INT', 1.9, 1],
    ['INT', -1.9, -1],
    ['INT', -0.1, 0],
    ['INT', NaN, 0],
    ['INT', Infinity, 0],
    ['DOUBLE', 1, 1],
    ['DOUBLE', NaN, NaN],
    ['DOUBLE', -Infinity, -Infinity],
  ])('writes the %s %d as %p', (type, value, expected) => {
    const valueType = ValueType[type as keyof typeof ValueType]
    const metric = gauge('a', { descriptor: { ...descriptor, valueType }, dataPoints: [point({ value })] })
    expect(sentMetrics(metricsRequest(metric))).toMatchObject([{ points: [{ value: expected }] }])
  })

  it('leaves out what has no data point, and gives nothing to send for nothing else', () => {
    const empty = gauge('empty', { dataPoints: [] })
    expect(sentMetrics(metricsRequest(empty, gauge('b'))).map(({ name }) => name)).toEqual(['b'])
    expect(createMetricsEncoder()(metricsRequest(empty))).toEqual({ body: undefined, skipped: 0 })
    expect(createMetricsEncoder()(metricsRequest())).toEqual({ body: undefined, skipped: 0 })
    expect(createMetricsEncoder()({ resource: RESOURCE, scopeMetrics: [] })).toEqual({
      body: undefined,
      skipped: 0,
    })
  })
})

describe('countDataPoints', () => {
  it('counts those of all metrics of all scopes', () => {
    const two = gauge('two', { dataPoints: [point(), point()] })
    const scopeMetrics = [
      { scope: SCOPE, metrics: [two, gauge('one')] },
      { scope: { name: 'other' }, metrics: [two, gauge('none', { dataPoints: [] })] },
    ]
    expect(countDataPoints({ resource: RESOURCE, scopeMetrics })).toBe(5)
  })
})

describe('a metric that cannot be encoded', () => {
  const circular: Record<string, unknown> = { text: 'x'.repeat(100_000) }
  circular['self'] = circular
  const throwing = {
    get secret(): string {
      throw new Error('no')
    },
  }
  const badPoint = (bad: object) => ({ dataPoints: [point(), { ...point(), ...bad }] })

  it.each<[string, object]>([
    ['has no name', { descriptor: { ...descriptor, name: undefined } }],
    ['has a number for a unit', { descriptor: { ...descriptor, unit: 5 } }],
    ['has no descriptor', { descriptor: undefined }],
    ['is of no kind', { dataPointType: 99 }],
    ['has no buckets', { dataPointType: DataPointType.HISTOGRAM }],
    ['has a point without times', badPoint({ startTime: undefined })],
    [
      'has a point without a value',
      { dataPointType: DataPointType.HISTOGRAM, ...badPoint({ value: undefined }) },
    ],
    ['has a bigint for a value', badPoint({ value: 1n })],
    ['has an attribute that throws', badPoint({ attributes: throwing })],
    ['has an attribute that contains itself', badPoint({ attributes: circular })],
  ])('costs its points alone where it %s', (_, bad) => {
    const encode = createMetricsEncoder()
    const broken = { ...gauge('bad', { dataPoints: [point(), point()] }), ...bad } as MetricData
    const { body = new Uint8Array(), skipped } = encode(metricsRequest(gauge('a'), broken, gauge('b')))
    expect(skipped).toBe(2)
    expect(metricsOf(decodeRequest('metrics', 'protobuf', body).message).map(({ name }) => name)).toEqual([
      'a',
      'b',
    ])
    expect(encode(metricsRequest(broken))).toEqual({ body: undefined, skipped: 2 })
    expect(encode(metricsRequest(gauge('a'))).skipped).toBe(0)
  })

  it('takes no other scope along where its own is broken', () => {
    const scopeMetrics = [
      { scope: { name: 5 as never }, metrics: [gauge('lost')] },
      { scope: SCOPE, metrics: [gauge('kept')] },
    ]
    expect(createMetricsEncoder()({ resource: RESOURCE, scopeMetrics }).skipped).toBe(1)
    expect(sentMetrics({ resource: RESOURCE, scopeMetrics }).map(({ name }) => name)).toEqual(['kept'])
  })
})
