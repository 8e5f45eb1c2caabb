import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { ReadableSpan } from '@throughline/otel/capture'
import { fieldsText, type Sighting, type Wording } from './sighting.js'

export const SPANS: Wording = {
  one: 'span',
  many: 'spans',
  named: 'of that name',
  nothing: 'No span has ended.',
}

/** A span for whoever asks for a name; its fields are its attributes, with kind, status and ids. */
export function spanSighting(span: ReadableSpan, name: string): Sighting {
  const { attributes } = span
  const kind = SpanKind[span.kind]?.toLowerCase()
  const status = SpanStatusCode[span.status.code]?.toLowerCase()
  const { traceId, spanId } = span.spanContext()
  const own = { trace_id: traceId, span_id: spanId, parent_span_id: span.parentSpanContext?.spanId }
  return {
    name: span.name,
    isNamed: span.name === name,
    fields: { ...attributes, kind, status, ...own },
    text: () => `${kind} "${span.name}"${fieldsText({ status, ...attributes })}`,
  }
}
