import { plainAttributes, plainInteger, type OtlpAttributes } from './attributes.js'
import { optionalHex } from './ids.js'
import {
  type Exemplar,
  type ExponentialHistogramDataPoint,
  type ExponentialHistogramDataPoint_Buckets,
  type HistogramDataPoint,
  type NumberDataPoint,
  type SummaryDataPoint,
} from './proto/opentelemetry/proto/metrics/v1/metrics_pb.js'

/** A measured value; null where the point says that nothing was recorded. */
export type MetricValue = number | bigint | null

export interface OtlpExemplar {
  readonly value: MetricValue
  readonly attributes: OtlpAttributes
  readonly traceId: string | undefined
  readonly spanId: string | undefined
}

export interface NumberPoint {
  readonly attributes: OtlpAttributes
  readonly value: MetricValue
  readonly exemplars: readonly OtlpExemplar[]
}

interface Distribution {
  readonly attributes: OtlpAttributes
  readonly count: number | bigint
  readonly sum: number | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  readonly exemplars: readonly OtlpExemplar[]
}

/** `buckets` holds one count more than `bounds` has limits. */
export interface HistogramPoint extends Distribution {
  readonly buckets: readonly (number | bigint)[]
  readonly bounds: readonly number[]
}

export interface ExponentialBuckets {
  readonly offset: number
  readonly buckets: readonly (number | bigint)[]
}

export interface ExponentialHistogramPoint extends Distribution {
  readonly scale: number
  readonly zeroCount: number | bigint
  readonly zeroThreshold: number
  readonly positive: ExponentialBuckets
  readonly negative: ExponentialBuckets
}

export interface SummaryPoint {
  readonly attributes: OtlpAttributes
  readonly count: number | bigint
  readonly sum: number
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[]
}

export function numberPoint({ attributes, value, exemplars }: NumberDataPoint): NumberPoint {
  return {
    attributes: plainAttributes(attributes),
    value: measured(value),
    exemplars: exemplars.map(plainExemplar),
  }
}

export function histogramPoint(point: HistogramDataPoint): HistogramPoint {
  return {
    ...distribution(point),
    buckets: point.bucketCounts.map(plainInteger),
    bounds: point.explicitBounds,
  }
}

export function exponentialHistogramPoint(point: ExponentialHistogramDataPoint): ExponentialHistogramPoint {
  return {
    ...distribution(point),
    scale: point.scale,
    zeroCount: plainInteger(point.zeroCount),
    zeroThreshold: point.zeroThreshold,
    positive: exponentialBuckets(point.positive),
    negative: exponentialBuckets(point.negative),
  }
}

export function summaryPoint(point: SummaryDataPoint): SummaryPoint {
  return {
    attributes: plainAttributes(point.attributes),
    count: plainInteger(point.count),
    sum: point.sum,
    quantiles: point.quantileValues.map(({ quantile, value }) => ({ quantile, value })),
  }
}

function distribution(point: HistogramDataPoint | ExponentialHistogramDataPoint): Distribution {
  return {
    attributes: plainAttributes(point.attributes),
    count: plainInteger(point.count),
    sum: point.sum,
    min: point.min,
    max: point.max,
    exemplars: point.exemplars.map(plainExemplar),
  }
}

function exponentialBuckets(buckets: ExponentialHistogramDataPoint_Buckets | undefined): ExponentialBuckets {
  return { offset: buckets?.offset ?? 0, buckets: buckets?.bucketCounts.map(plainInteger) ?? [] }
}

function plainExemplar({ value, filteredAttributes, traceId, spanId }: Exemplar): OtlpExemplar {
  return {
    value: measured(value),
    attributes: plainAttributes(filteredAttributes),
    traceId: optionalHex(traceId),
    spanId: optionalHex(spanId),
  }
}

function measured(value: NumberDataPoint['value'] | Exemplar['value']): MetricValue {
  if (value.case === undefined) return null
  return value.case === 'asInt' ? plainInteger(value.value) : value.value
}
