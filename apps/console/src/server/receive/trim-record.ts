import { ORIGIN_LIMITS, RECORD_LIMITS } from './limits.js'
import type { DataPoint, LogRecord, Metric, Resource, Scope, Span } from './records.js'
import { Allowance, trimAttributes, trimValue } from './trim-value.js'

/** Cuts a log record to what is kept of one. */
export function trimLogRecord(record: LogRecord): void {
  const allowance = new Allowance(RECORD_LIMITS)
  record.eventName = allowance.text(record.eventName)
  record.severityText = allowance.text(record.severityText)
  if (record.body !== undefined) trimValue(record.body, allowance)
  record.droppedAttributesCount += trimAttributes(record.attributes, allowance)
}

export function trimSpan(span: Span): void {
  const allowance = new Allowance(RECORD_LIMITS)
  span.name = allowance.text(span.name)
  span.traceState = allowance.text(span.traceState)
  if (span.status !== undefined) span.status.message = allowance.text(span.status.message)
  span.droppedAttributesCount += trimAttributes(span.attributes, allowance)
  span.droppedEventsCount += trimItems(span.events, allowance)
  for (const event of span.events) {
    event.name = allowance.text(event.name)
    event.droppedAttributesCount += trimAttributes(event.attributes, allowance)
  }
  span.droppedLinksCount += trimItems(span.links, allowance)
  for (const link of span.links) {
    link.traceState = allowance.text(link.traceState)
    link.droppedAttributesCount += trimAttributes(link.attributes, allowance)
  }
}

export function trimMetric(metric: Metric): void {
  const allowance = new Allowance(ORIGIN_LIMITS)
  metric.name = allowance.text(metric.name)
  metric.unit = allowance.text(metric.unit)
  metric.description = allowance.text(metric.description)
  trimAttributes(metric.metadata, allowance)
  for (const point of pointsOf(metric)) {
    trimAttributes(point.attributes, new Allowance(ORIGIN_LIMITS))
    // Nothing here shows exemplars.
    if ('exemplars' in point) point.exemplars.length = 0
  }
}

export function trimResource(resource: Resource): void {
  resource.droppedAttributesCount += trimAttributes(resource.attributes, new Allowance(ORIGIN_LIMITS))
  resource.entityRefs.length = 0
}

export function trimScope(scope: Scope): void {
  const allowance = new Allowance(ORIGIN_LIMITS)
  scope.name = allowance.text(scope.name)
  scope.version = allowance.text(scope.version)
  scope.droppedAttributesCount += trimAttributes(scope.attributes, allowance)
}

/** The data points of a metric, of whatever kind it is. */
export function pointsOf({ data }: Metric): DataPoint[] {
  return data.case === undefined ? [] : data.value.dataPoints
}

function trimItems(items: unknown[], allowance: Allowance): number {
  const kept = allowance.take(Math.min(items.length, allowance.limits.items))
  const dropped = items.length - kept
  items.length = kept
  return dropped
}
