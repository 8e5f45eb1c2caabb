import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type SpanContext,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api'
import { parseTraceParent } from '@opentelemetry/core'
import type { TraceCarrier } from '@throughline/core/binding'

/** What came with a carrier. */
export interface Carried {
  readonly span: SpanContext | undefined
  /** Holds the baggage; undefined without any. */
  readonly base: Context | undefined
}

/** Reads a carrier as the official propagators do; most have a `traceparent` alone, or nothing at all. */
export function readCarrier(carrier: TraceCarrier, propagator: TextMapPropagator): Carried | undefined {
  const { traceparent, tracestate, baggage } = carrier
  if (traceparent === undefined && baggage === undefined) return undefined
  if (typeof traceparent === 'string' && tracestate === undefined && baggage === undefined) {
    const alone = parseTraceParent(traceparent)
    return alone === null ? undefined : { span: { ...alone, isRemote: true }, base: undefined }
  }
  const context = propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter)
  const span = trace.getSpanContext(context)
  if (baggage === undefined) return span === undefined ? undefined : { span, base: undefined }
  return { span, base: trace.deleteSpan(context) }
}

/** Writes the trace and the baggage of a context as W3C headers. */
export function writeCarrier(context: Context, carrier: TraceCarrier, propagator: TextMapPropagator): void {
  propagator.inject(context, carrier, defaultTextMapSetter)
}
