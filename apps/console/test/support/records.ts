import { decodeRequest, type Payload } from '@throughline/otlp'

/** When the records of tests begin; times of records are milliseconds after it. */
export const BASE = Date.UTC(2026, 10, 21, 20, 0)

export type AttributeInput =
  | string
  | number
  | boolean
  | readonly AttributeInput[]
  | { readonly [key: string]: AttributeInput }
export type AttributesInput = Readonly<Record<string, AttributeInput>>

interface Common {
  readonly at: number
  readonly service?: string
  readonly scope?: string
  readonly attributes?: AttributesInput
  /** A small number or hex digits; the id is filled up with zeros. */
  readonly trace?: number | string
}

export interface LineInput extends Common {
  readonly event?: string
  readonly body?: AttributeInput
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
  readonly span?: number | string
}

export interface SpanInput extends Common {
  readonly trace: number | string
  readonly span: number | string
  readonly parent?: number | string
  readonly name: string
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  readonly ms: number
  readonly links?: readonly { readonly trace: number | string; readonly span: number | string }[]
  /** Makes its status ERROR, with an exception event. */
  readonly error?: { readonly type: string; readonly message: string; readonly stack?: string }
}

export type RecordInput = LineInput | SpanInput

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

export function traceId(id: number | string): string {
  return String(id).padStart(32, '0')
}

export function spanId(id: number | string): string {
  return String(id).padStart(16, '0')
}

/** Export requests with these records as they come from the network: bodies in OTLP's JSON, decoded. */
export function payloadsOf(records: readonly RecordInput[]): Payload[] {
  const spans = records.filter(isSpan)
  const lines = records.filter((record): record is LineInput => !isSpan(record))
  return [
    ...(lines.length === 0 ? [] : [decoded('logs', { resourceLogs: lines.map(resourceLog) })]),
    ...(spans.length === 0 ? [] : [decoded('traces', { resourceSpans: spans.map(resourceSpan) })]),
  ]
}

export function decoded(signal: 'logs' | 'traces' | 'metrics', body: unknown): Payload {
  return decodeRequest(signal, 'json', Buffer.from(JSON.stringify(body)))
}

function isSpan(record: RecordInput): record is SpanInput {
  return 'ms' in record
}

function resourceLog({ service = 'api', scope = '@throughline/core', ...line }: LineInput) {
  return {
    resource: resourceOf(service),
    scopeLogs: [{ scope: { name: scope }, logRecords: [logRecord(line)] }],
  }
}

function logRecord({
  at,
  event = '',
  body = event,
  level = 'info',
  trace,
  span,
  attributes = {},
}: LineInput) {
  return {
    timeUnixNano: nanos(at),
    observedTimeUnixNano: nanos(at),
    severityNumber: LEVELS.indexOf(level) * 4 + 1,
    severityText: level,
    eventName: event,
    body: anyValue(body),
    attributes: keyValues(attributes),
    ...(trace === undefined ? {} : { traceId: traceId(trace) }),
    ...(span === undefined ? {} : { spanId: spanId(span) }),
  }
}

function resourceSpan({ service = 'api', scope = '@throughline/core', ...span }: SpanInput) {
  return { resource: resourceOf(service), scopeSpans: [{ scope: { name: scope }, spans: [spanOf(span)] }] }
}

function spanOf({
  trace,
  span,
  parent,
  name,
  kind = 'internal',
  at,
  ms,
  links = [],
  error,
  attributes = {},
}: SpanInput) {
  const stack: AttributesInput = error?.stack === undefined ? {} : { 'exception.stacktrace': error.stack }
  const thrown = { 'exception.type': error?.type ?? '', 'exception.message': error?.message ?? '', ...stack }
  return {
    traceId: traceId(trace),
    spanId: spanId(span),
    ...(parent === undefined ? {} : { parentSpanId: spanId(parent) }),
    name,
    kind: KINDS.indexOf(kind),
    startTimeUnixNano: nanos(at),
    endTimeUnixNano: nanos(at + ms),
    attributes: keyValues(attributes),
    links: links.map((link) => ({ traceId: traceId(link.trace), spanId: spanId(link.span) })),
    ...(error === undefined
      ? {}
      : {
          events: [{ name: 'exception', timeUnixNano: nanos(at + ms), attributes: keyValues(thrown) }],
          status: { code: 2, message: error.message },
        }),
  }
}

export function resourceOf(service: string) {
  return { attributes: keyValues({ 'service.name': service, 'service.instance.id': `${service}-1` }) }
}

export function nanos(at: number): string {
  return String(BigInt(Math.round((BASE + at) * 1000)) * 1000n)
}

export function keyValues(attributes: AttributesInput): { key: string; value: object }[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }))
}

function anyValue(value: AttributeInput): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  return { kvlistValue: { values: keyValues(value as AttributesInput) } }
}
