import type { ReadableSpan } from '@throughline/otel/capture'

/**
 * A span as a test wants to see it: plain data, as it was when it ended.
 *
 * `resource` and `spanContext` are there, but neither printed nor compared: they are the same, or never the same.
 */
export function plainSpan(span: ReadableSpan): ReadableSpan {
  const { resource } = span
  const context = { ...span.spanContext() }
  const plain = {
    name: span.name,
    kind: span.kind,
    attributes: { ...span.attributes },
    status: { ...span.status },
    events: [...span.events],
    links: [...span.links],
    parentSpanContext: span.parentSpanContext,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  }
  return Object.defineProperties(plain as ReadableSpan, {
    resource: { value: resource },
    spanContext: { value: () => context },
  })
}
