import { ValueType } from '@opentelemetry/api'
import type { DataPoint, ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics'
import type { AttributeEncoder } from './attribute-encoder.js'
import type { ProtobufWriter } from './protobuf-writer.js'
import { writeUnixNano } from './unix-nano.js'

/** The numbers are the same for all kinds of points. */
const POINT = { startTimeUnixNano: 2, timeUnixNano: 3 }
const NUMBER = { asDouble: 4, asInt: 6, attributes: 7 }
/** The numbers are the same for both kinds of histograms. */
const DISTRIBUTION = { count: 4, sum: 5 }
const HISTOGRAM = { bucketCounts: 6, explicitBounds: 7, attributes: 9, min: 11, max: 12 }
const EXPONENTIAL = { attributes: 1, scale: 6, zeroCount: 7, positive: 8, negative: 9, min: 12, max: 13 }
const BUCKETS = { offset: 1, bucketCounts: 2 }

/** The length of most points with attributes takes two bytes, and so does that of every histogram. */
const POINT_ROOM = 2

/** Writes the data points of metrics. The SDK makes no exemplars. */
export class DataPointEncoder {
  /** @param field the number of the repeated field that has the points */
  constructor(
    private readonly field: number,
    private readonly writer: ProtobufWriter,
    private readonly attributes: AttributeEncoder,
  ) {}

  number(point: DataPoint<number>, type: ValueType): void {
    const { writer } = this
    const start = this.#begin(point)
    if (type === ValueType.INT) writer.fixedInt64(NUMBER.asInt, point.value)
    else writer.double(NUMBER.asDouble, point.value)
    this.attributes.attributes(NUMBER.attributes, point.attributes)
    writer.end(start, POINT_ROOM)
  }

  histogram(point: DataPoint<Histogram>): void {
    const { writer } = this
    const { buckets, min, max } = point.value
    const start = this.#begin(point)
    this.#distribution(point.value)
    writer.packed(HISTOGRAM.bucketCounts, 'fixed64', buckets.counts)
    writer.packed(HISTOGRAM.explicitBounds, 'double', buckets.boundaries)
    this.attributes.attributes(HISTOGRAM.attributes, point.attributes)
    this.#double(HISTOGRAM.min, min)
    this.#double(HISTOGRAM.max, max)
    writer.end(start, POINT_ROOM)
  }

  exponentialHistogram(point: DataPoint<ExponentialHistogram>): void {
    const { writer } = this
    const { scale, zeroCount, positive, negative, min, max } = point.value
    const start = this.#begin(point)
    this.attributes.attributes(EXPONENTIAL.attributes, point.attributes)
    this.#distribution(point.value)
    writer.sint32(EXPONENTIAL.scale, scale)
    writer.fixedInt64(EXPONENTIAL.zeroCount, zeroCount)
    this.#buckets(EXPONENTIAL.positive, positive)
    this.#buckets(EXPONENTIAL.negative, negative)
    this.#double(EXPONENTIAL.min, min)
    this.#double(EXPONENTIAL.max, max)
    writer.end(start, POINT_ROOM)
  }

  #begin({ startTime, endTime }: DataPoint<unknown>): number {
    const { writer } = this
    const start = writer.begin(this.field, POINT_ROOM)
    writeUnixNano(writer, POINT.startTimeUnixNano, startTime[0], startTime[1])
    writeUnixNano(writer, POINT.timeUnixNano, endTime[0], endTime[1])
    return start
  }

  #distribution({ count, sum }: Histogram | ExponentialHistogram): void {
    this.writer.fixedInt64(DISTRIBUTION.count, count)
    this.#double(DISTRIBUTION.sum, sum)
  }

  #buckets(field: number, { offset, bucketCounts }: ExponentialHistogram['positive']): void {
    const { writer } = this
    const start = writer.begin(field)
    writer.sint32(BUCKETS.offset, offset)
    writer.packed(BUCKETS.bucketCounts, 'varint', bucketCounts)
    writer.end(start)
  }

  /** Nothing where there is none: neither the sum of what may be negative nor, by choice, the extremes. */
  #double(field: number, value: number | undefined): void {
    if (value !== undefined) this.writer.double(field, value)
  }
}
