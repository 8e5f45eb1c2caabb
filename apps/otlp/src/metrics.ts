import { type OtlpAttributes } from './attributes.js'
import {
  exponentialHistogramPoint,
  histogramPoint,
  numberPoint,
  summaryPoint,
  type ExponentialHistogramPoint,
  type HistogramPoint,
  type NumberPoint,
  type SummaryPoint,
} from './metric-points.js'
import { plainResource, plainScope, type OtlpScope } from './origin.js'
import {
  AggregationTemporality,
  type Metric,
  type ResourceMetrics,
} from './proto/opentelemetry/proto/metrics/v1/metrics_pb.js'

export type Temporality = keyof typeof AggregationTemporality | `${number}`

interface Origin {
  readonly name: string
  readonly unit: string
  readonly description: string
  readonly scope: OtlpScope
  readonly resource: OtlpAttributes
}

type Data =
  | { readonly type: 'gauge'; readonly points: readonly NumberPoint[] }
  | {
      readonly type: 'sum'
      readonly temporality: Temporality
      readonly monotonic: boolean
      readonly points: readonly NumberPoint[]
    }
  | {
      readonly type: 'histogram'
      readonly temporality: Temporality
      readonly points: readonly HistogramPoint[]
    }
  | {
      readonly type: 'exponentialHistogram'
      readonly temporality: Temporality
      readonly points: readonly ExponentialHistogramPoint[]
    }
  | { readonly type: 'summary'; readonly points: readonly SummaryPoint[] }
  | { readonly type: 'none'; readonly points: readonly never[] }

/** A metric of one export with its points, in plain values. `none` is a metric that came without data. */
export type OtlpMetric = Origin & Data

/** The metrics of a message, in its order. */
export function metricsOf(message: { resourceMetrics: readonly ResourceMetrics[] }): OtlpMetric[] {
  return message.resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.map((metric) => ({
        name: metric.name,
        unit: metric.unit,
        description: metric.description,
        ...plainData(metric),
        scope: plainScope(scope),
        resource: plainResource(resource),
      })),
    ),
  )
}

function plainData({ data }: Metric): Data {
  switch (data.case) {
    case 'gauge':
      return { type: 'gauge', points: data.value.dataPoints.map(numberPoint) }
    case 'sum':
      return {
        type: 'sum',
        temporality: temporality(data.value),
        monotonic: data.value.isMonotonic,
        points: data.value.dataPoints.map(numberPoint),
      }
    case 'histogram':
      return {
        type: 'histogram',
        temporality: temporality(data.value),
        points: data.value.dataPoints.map(histogramPoint),
      }
    case 'exponentialHistogram':
      return {
        type: 'exponentialHistogram',
        temporality: temporality(data.value),
        points: data.value.dataPoints.map(exponentialHistogramPoint),
      }
    case 'summary':
      return { type: 'summary', points: data.value.dataPoints.map(summaryPoint) }
    default:
      return { type: 'none', points: [] }
  }
}

function temporality({ aggregationTemporality: code }: { aggregationTemporality: AggregationTemporality }) {
  return (AggregationTemporality[code] ?? String(code)) as Temporality
}
