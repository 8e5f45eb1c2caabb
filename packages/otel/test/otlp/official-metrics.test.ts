import { describe, expect, it } from '@jest/globals'
import { ValueType } from '@opentelemetry/api'
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  AggregationType,
  DataPointType,
  type ExponentialHistogram,
  type Histogram,
  MeterProvider,
  type MetricData,
  MetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import { decodeRequest } from '@throughline/otlp'
import { createMetricsEncoder } from '../../src/otlp/metrics-encoder.js'
import { RESOURCE, SCOPE } from './harness.js'
import { Random } from './random.js'

const RUNS = 150

const RESOURCES = [
  RESOURCE,
  resourceFromAttributes({ 'service.name': 'other' }, { schemaUrl: 'https://example.com/1' }),
]
const SCOPES = [
  SCOPE,
  { name: '' },
  { name: 'Zürich', version: '', schemaUrl: 'https://example.com/2' },
  { name: 'rich', attributes: { a: 1 }, droppedAttributesCount: 3 },
]

const maybe = <Value>(random: Random, value: Value): Value | undefined =>
  random.below(2) === 0 ? value : undefined

function randomHistogram(random: Random): Histogram {
  const boundaries = random.list(20, () => random.number())
  return {
    buckets: { boundaries, counts: [...boundaries, Infinity].map(() => random.count()) },
    count: random.count(),
    ...extremes(random),
  }
}

function randomExponentialHistogram(random: Random): ExponentialHistogram {
  const buckets = () => ({
    offset: random.pick([0, 1, -1, 63, -64, 64, 2 ** 31 - 1, -(2 ** 31)]),
    bucketCounts: random.list(160, () => random.count()),
  })
  return {
    count: random.count(),
    scale: random.pick([0, 20, -10, 2 ** 31 - 1, -(2 ** 31)]),
    zeroCount: random.count(),
    positive: buckets(),
    negative: buckets(),
    ...extremes(random),
  }
}

function extremes(random: Random): Pick<Histogram, 'sum' | 'min' | 'max'> {
  const [sum, min, max] = [0, 1, 2].map(() => maybe(random, random.number()))
  return {
    ...(sum !== undefined && { sum }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

function randomMetric(random: Random): MetricData {
  const points = <Value>(value: () => Value) =>
    random.list(5, () => ({
      startTime: random.time(),
      endTime: random.time(),
      attributes: random.attributes() as MetricData['dataPoints'][number]['attributes'],
      value: value(),
    }))
  const base = {
    descriptor: {
      name: random.string(),
      description: random.string(),
      unit: random.string(),
      valueType: random.pick([ValueType.INT, ValueType.DOUBLE]),
    },
    aggregationTemporality: random.pick([AggregationTemporality.DELTA, AggregationTemporality.CUMULATIVE]),
  }
  const number = () => random.number()
  return random.pick<() => MetricData>([
    () => ({ ...base, dataPointType: DataPointType.GAUGE, dataPoints: points(number) }),
    () => ({
      ...base,
      dataPointType: DataPointType.SUM,
      isMonotonic: random.below(2) === 0,
      dataPoints: points(number),
    }),
    () => ({
      ...base,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: points(() => randomHistogram(random)),
    }),
    () => ({
      ...base,
      dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM,
      dataPoints: points(() => randomExponentialHistogram(random)),
    }),
  ])()
}

/** What is left out, of which the official serializer sends the frame. */
function withoutEmpty({ resource, scopeMetrics }: ResourceMetrics): ResourceMetrics {
  return {
    resource,
    scopeMetrics: scopeMetrics
      .map(({ scope, metrics }) => ({ scope, metrics: metrics.filter((m) => m.dataPoints.length > 0) }))
      .filter(({ metrics }) => metrics.length > 0),
  }
}

function expectTheSame(body: Uint8Array | undefined, request: ResourceMetrics): void {
  const official = withoutEmpty(request)
  if (official.scopeMetrics.length === 0) return expect(body).toBeUndefined()
  const theirs = ProtobufMetricsSerializer.serializeRequest(official) as Uint8Array
  expect(decodeRequest('metrics', 'protobuf', body as Uint8Array).message).toEqual(
    decodeRequest('metrics', 'protobuf', theirs).message,
  )
}

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

describe('createMetricsEncoder', () => {
  it('says what the official serializer says', () => {
    const encode = createMetricsEncoder()
    for (let seed = 0; seed < RUNS; seed++) {
      const random = new Random(seed)
      const request = {
        resource: random.pick(RESOURCES),
        scopeMetrics: random.list(4, () => ({
          scope: random.pick(SCOPES),
          metrics: random.list(5, () => randomMetric(random)),
        })),
      }
      const { body, skipped } = encode(request)
      expect(skipped).toBe(0)
      expectTheSame(body, request)
    }
  })

  it.each([AggregationTemporality.DELTA, AggregationTemporality.CUMULATIVE])(
    'says it of all that the SDK makes, with temporality %i',
    async (temporality) => {
      const reader = new Reader({ aggregationTemporalitySelector: () => temporality })
      const aggregation = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const
      const provider = new MeterProvider({
        resource: RESOURCE,
        readers: [reader],
        views: [{ instrumentName: 'exponential', aggregation }],
      })
      const meter = provider.getMeter('test', '1', { schemaUrl: 'https://example.com/3' })
      const int = { valueType: ValueType.INT }
      meter.createCounter('empty')
      for (const value of [1, 2 ** 40, 0.5]) {
        meter.createCounter('ints', { ...int, unit: '{x}', description: 'Ints.' }).add(value, { value })
        meter.createCounter('doubles').add(value, { value })
        meter.createUpDownCounter('up-down', int).add(-value, { list: ['a', 'b'] })
        meter.createGauge('gauge').record(-value)
        meter.createHistogram('histogram', int).record(value)
        meter.createHistogram('exponential').record(value)
        meter.createHistogram('bounds', { advice: { explicitBucketBoundaries: [] } }).record(value)
      }
      meter.createObservableGauge('observed', int).addCallback((result) => result.observe(7, { a: true }))
      const { resourceMetrics, errors } = await reader.collect()
      expect(errors).toEqual([])
      const { body, skipped } = createMetricsEncoder()(resourceMetrics)
      expect(skipped).toBe(0)
      expectTheSame(body, resourceMetrics)
      await provider.shutdown()
    },
  )
})
