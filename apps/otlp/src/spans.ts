import { plainAttributes, type OtlpAttributes } from './attributes.js'
import { hex, optionalHex } from './ids.js'
import { plainResource, plainScope, type OtlpScope } from './origin.js'
import {
  Span_SpanKind,
  Status_StatusCode,
  type ResourceSpans,
  type Span,
} from './proto/opentelemetry/proto/trace/v1/trace_pb.js'

/** A number stands for a kind that the definitions do not know. */
export type SpanKind = keyof typeof Span_SpanKind | `${number}`
export type StatusCode = keyof typeof Status_StatusCode | `${number}`

/** A span in plain values: ids in hex, times in nanoseconds since 1970. */
export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly attributes: OtlpAttributes
  readonly events: readonly { readonly name: string; readonly attributes: OtlpAttributes }[]
  readonly links: readonly {
    readonly traceId: string
    readonly spanId: string
    readonly attributes: OtlpAttributes
  }[]
  readonly status: { readonly code: StatusCode; readonly message: string }
  readonly traceState: string
  readonly flags: number
  readonly scope: OtlpScope
  readonly resource: OtlpAttributes
  readonly startTime: bigint
  readonly endTime: bigint
}

/** The spans of a message, in its order. */
export function spansOf({ resourceSpans }: { resourceSpans: readonly ResourceSpans[] }): OtlpSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        ...plainSpan(span),
        scope: plainScope(scope),
        resource: plainResource(resource),
      })),
    ),
  )
}

function plainSpan(span: Span): Omit<OtlpSpan, 'scope' | 'resource'> {
  const code = span.status?.code ?? Status_StatusCode.UNSET
  return {
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentSpanId: optionalHex(span.parentSpanId),
    name: span.name,
    kind: (Span_SpanKind[span.kind] ?? String(span.kind)) as SpanKind,
    attributes: plainAttributes(span.attributes),
    events: span.events.map(({ name, attributes }) => ({ name, attributes: plainAttributes(attributes) })),
    links: span.links.map(({ traceId, spanId, attributes }) => ({
      traceId: hex(traceId),
      spanId: hex(spanId),
      attributes: plainAttributes(attributes),
    })),
    status: {
      code: (Status_StatusCode[code] ?? String(code)) as StatusCode,
      message: span.status?.message ?? '',
    },
    traceState: span.traceState,
    flags: span.flags,
    startTime: span.startTimeUnixNano,
    endTime: span.endTimeUnixNano,
  }
}
