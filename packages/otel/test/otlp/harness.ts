import { SpanKind, SpanStatusCode, TraceFlags, ValueType } from '@opentelemetry/api'
import type { InstrumentationScope } from '@opentelemetry/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  DataPointType,
  type GaugeMetricData,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import {
  decodeRequest,
  logRecordsOf,
  metricsOf,
  type OtlpLogRecord,
  type OtlpMetric,
  type OtlpSpan,
  spansOf,
} from '@throughline/otlp'
import { ExportedRecord } from '../../src/logs/exported-record.js'
import { createLogRecordEncoder } from '../../src/otlp/log-record-encoder.js'
import { createMetricsEncoder } from '../../src/otlp/metrics-encoder.js'
import { createSpanEncoder } from '../../src/otlp/span-encoder.js'
import { record } from '../export/harness.js'

export const RESOURCE = resourceFromAttributes({ 'service.name': 'test', 'process.pid': 7 })
export const SCOPE: InstrumentationScope = { name: 'scope', version: '1.2.3' }

export const CONTEXT = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
}

export function span(given: Partial<ReadableSpan> = {}): ReadableSpan {
  return {
    name: 'unit',
    kind: SpanKind.INTERNAL,
    spanContext: () => CONTEXT,
    startTime: [1_700_000_000, 123_456_789],
    endTime: [1_700_000_001, 0],
    status: { code: SpanStatusCode.UNSET },
    attributes: {},
    links: [],
    events: [],
    duration: [0, 876_543_211],
    ended: true,
    resource: RESOURCE,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    ...given,
  }
}

export const ORIGIN = { resource: RESOURCE, scope: SCOPE }

export function exported(
  given: Parameters<typeof record>[0] = {},
  nameAttribute: string | null = 'event.name',
): ExportedRecord {
  return new ExportedRecord(record(given), nameAttribute, 1_700_000_000_456, ORIGIN)
}

/** What a collector reads of spans that were encoded. */
export function sentSpans(spans: readonly ReadableSpan[]): OtlpSpan[] {
  const { body = new Uint8Array() } = createSpanEncoder()(spans)
  return spansOf(decodeRequest('traces', 'protobuf', body).message)
}

/** The same for one with these attributes. */
export function sentAttributes(attributes: object): OtlpSpan['attributes'] | undefined {
  return sentSpans([span({ attributes: attributes as ReadableSpan['attributes'] })])[0]?.attributes
}

/** What a collector reads of records that were encoded. */
export function sentRecords(records: readonly ExportedRecord[]): OtlpLogRecord[] {
  const { body = new Uint8Array() } = createLogRecordEncoder()(records)
  return logRecordsOf(decodeRequest('logs', 'protobuf', body).message)
}

/** One point of a gauge. */
export function point(given: Partial<GaugeMetricData['dataPoints'][number]> = {}) {
  return {
    startTime: [1_700_000_000, 0] as [number, number],
    endTime: [1_700_000_060, 123_456_789] as [number, number],
    attributes: {},
    value: 1,
    ...given,
  }
}

export function gauge(name: string, given: Partial<GaugeMetricData> = {}): GaugeMetricData {
  return {
    descriptor: { name, description: '', unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.GAUGE,
    dataPoints: [point()],
    ...given,
  }
}

export function metricsRequest(...metrics: MetricData[]): ResourceMetrics {
  return { resource: RESOURCE, scopeMetrics: [{ scope: SCOPE, metrics }] }
}

/** What a collector reads of metrics that were encoded. */
export function sentMetrics(request: ResourceMetrics): OtlpMetric[] {
  const { body = new Uint8Array() } = createMetricsEncoder()(request)
  return metricsOf(decodeRequest('metrics', 'protobuf', body).message)
}
