import type { DataPointType, MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { AttributeEncoder } from './attribute-encoder.js'
import { DataPointEncoder } from './data-point-encoder.js'
import { type EncodedRequest, ExportRequestEncoder, type ItemEncoder } from './export-request.js'
import type { ProtobufWriter } from './protobuf-writer.js'

const METRIC = { name: 1, description: 2, unit: 3 }
/** The numbers are the same for all kinds of metrics, as far as they have these fields. */
const DATA = { dataPoints: 1, aggregationTemporality: 2, isMonotonic: 3 }

/** The SDK's `DataPointType`, of which an import would load all of the SDK, metrics or no metrics. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the compiler compares the values
const TYPE = { HISTOGRAM: 0, EXPONENTIAL_HISTOGRAM: 1, GAUGE: 2, SUM: 3 } as typeof DataPointType

/** The field of a metric that has its data. */
const DATA_FIELDS: Readonly<Record<number, number>> = {
  [TYPE.GAUGE]: 5,
  [TYPE.SUM]: 7,
  [TYPE.HISTOGRAM]: 9,
  [TYPE.EXPONENTIAL_HISTOGRAM]: 10,
}

/** The length of most metrics and of their data takes two bytes. */
const METRIC_ROOM = 2

/**
 * Makes what encodes metrics as an ExportMetricsServiceRequest. A metric without a data point says nothing and is left
 * out.
 *
 * @example
 * const { body, skipped } = createMetricsEncoder()(resourceMetrics)
 */
export function createMetricsEncoder(): (metrics: ResourceMetrics) => EncodedRequest {
  const encoder = new ExportRequestEncoder<MetricData>(
    (writer, attributes) => new MetricEncoder(writer, attributes),
  )
  return (request) => {
    const scopes = request.scopeMetrics.map(({ scope, metrics }) => [scope, metrics] as const)
    return encoder.encode([[request.resource, scopes]], countDataPoints(request))
  }
}

/** What an export of metrics counts for. */
export function countDataPoints({ scopeMetrics }: ResourceMetrics): number {
  let count = 0
  for (const { metrics } of scopeMetrics) for (const { dataPoints } of metrics) count += dataPoints.length
  return count
}

class MetricEncoder implements ItemEncoder<MetricData> {
  readonly #points: DataPointEncoder

  constructor(
    private readonly writer: ProtobufWriter,
    attributes: AttributeEncoder,
  ) {
    this.#points = new DataPointEncoder(DATA.dataPoints, writer, attributes)
  }

  count({ dataPoints }: MetricData): number {
    return dataPoints.length
  }

  encode(field: number, metric: MetricData): void {
    const { writer } = this
    const { name, description, unit } = metric.descriptor
    const start = writer.begin(field, METRIC_ROOM)
    writer.string(METRIC.name, name)
    if (description) writer.string(METRIC.description, description)
    if (unit) writer.string(METRIC.unit, unit)
    this.#data(metric)
    writer.end(start, METRIC_ROOM)
  }

  #data(metric: MetricData): void {
    const { writer } = this
    const field = DATA_FIELDS[metric.dataPointType]
    if (field === undefined) throw new TypeError('not a metric')
    const start = writer.begin(field, METRIC_ROOM)
    switch (metric.dataPointType) {
      case TYPE.GAUGE:
      case TYPE.SUM:
        for (const point of metric.dataPoints) this.#points.number(point, metric.descriptor.valueType)
        break
      case TYPE.HISTOGRAM:
        for (const point of metric.dataPoints) this.#points.histogram(point)
        break
      case TYPE.EXPONENTIAL_HISTOGRAM:
        for (const point of metric.dataPoints) this.#points.exponentialHistogram(point)
    }
    // The SDK counts temporalities from 0, OTLP from 1.
    if (metric.dataPointType !== TYPE.GAUGE)
      writer.uint32(DATA.aggregationTemporality, metric.aggregationTemporality + 1)
    if (metric.dataPointType === TYPE.SUM && metric.isMonotonic) writer.bool(DATA.isMonotonic, true)
    writer.end(start, METRIC_ROOM)
  }
}
