import type { Payload } from '@throughline/otlp'
import type { LogRecord, Resource, Scope, Span } from './records.js'
import { trimLogRecord, trimMetric, trimResource, trimScope, trimSpan } from './trim-record.js'

const TRACE_ID = 16
const SPAN_ID = 8

/**
 * Takes out of a payload the records that nothing can be joined with, and cuts what is out of all proportion; returns
 * how many it took out.
 */
export function screen({ signal, message }: Payload): number {
  let rejected = 0
  const keep = <Item>(items: Item[], isFit: (item: Item) => boolean): Item[] => {
    if (items.every(isFit)) return items
    const fit = items.filter(isFit)
    rejected += items.length - fit.length
    return fit
  }
  if (signal === 'logs') {
    for (const { resource, scopeLogs } of message.resourceLogs) {
      trimOrigin(resource, scopeLogs)
      for (const scoped of scopeLogs) {
        scoped.logRecords = keep(scoped.logRecords, hasLogIds)
        scoped.logRecords.forEach(trimLogRecord)
      }
    }
  } else if (signal === 'traces') {
    for (const { resource, scopeSpans } of message.resourceSpans) {
      trimOrigin(resource, scopeSpans)
      for (const scoped of scopeSpans) {
        scoped.spans = keep(scoped.spans, hasSpanIds)
        scoped.spans.forEach(trimSpan)
      }
    }
  } else {
    for (const { resource, scopeMetrics } of message.resourceMetrics) {
      trimOrigin(resource, scopeMetrics)
      for (const { metrics } of scopeMetrics) metrics.forEach(trimMetric)
    }
  }
  return rejected
}

interface Scoped {
  scope?: Scope | undefined
  schemaUrl: string
}

function trimOrigin(resource: Resource | undefined, scopes: readonly Scoped[]): void {
  if (resource !== undefined) trimResource(resource)
  for (const { scope } of scopes) if (scope !== undefined) trimScope(scope)
}

/** A line may be outside of any span. */
function hasLogIds({ traceId, spanId }: LogRecord): boolean {
  return isAbsentOr(TRACE_ID, traceId) && isAbsentOr(SPAN_ID, spanId)
}

function hasSpanIds({ traceId, spanId, parentSpanId, links }: Span): boolean {
  return (
    traceId.length === TRACE_ID &&
    spanId.length === SPAN_ID &&
    isAbsentOr(SPAN_ID, parentSpanId) &&
    links.every((link) => link.traceId.length === TRACE_ID && link.spanId.length === SPAN_ID)
  )
}

function isAbsentOr(length: number, id: Uint8Array): boolean {
  return id.length === 0 || id.length === length
}
