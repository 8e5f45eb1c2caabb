import type { SignalMessages } from '@throughline/otlp'

/** The parts of OTLP's messages, by the names that the definitions give them. */
export type ResourceLogs = SignalMessages['logs']['resourceLogs'][number]
export type ResourceSpans = SignalMessages['traces']['resourceSpans'][number]
export type ResourceMetrics = SignalMessages['metrics']['resourceMetrics'][number]
export type LogRecord = ResourceLogs['scopeLogs'][number]['logRecords'][number]
export type Span = ResourceSpans['scopeSpans'][number]['spans'][number]
export type Metric = ResourceMetrics['scopeMetrics'][number]['metrics'][number]
export type DataPoint = Extract<Metric['data'], { value: unknown }>['value']['dataPoints'][number]
export type Resource = NonNullable<ResourceLogs['resource']>
export type Scope = NonNullable<ResourceLogs['scopeLogs'][number]['scope']>
export type KeyValue = LogRecord['attributes'][number]
export type AnyValue = NonNullable<KeyValue['value']>
