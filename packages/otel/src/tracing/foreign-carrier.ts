import {
  type Context,
  context as contextApi,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { TraceCarrier } from '@throughline/core/binding'

/** For a propagator that has headers of its own only, as Sentry's: what carries our units has W3C's. */
const W3C = new W3CTraceContextPropagator()

/** Reads a carrier by the registered propagator into a context without a span. */
export function extractForeign(context: Context, carrier: TraceCarrier): Context {
  const extracted = propagation.extract(context, carrier)
  if (trace.getSpan(extracted) !== undefined || carrier.traceparent === undefined) return extracted
  return W3C.extract(extracted, carrier, defaultTextMapGetter)
}

/** Writes a context by the registered propagator; Sentry's takes none but the active one. */
export function injectForeign(context: Context, carrier: TraceCarrier): void {
  if (contextApi.active() === context) propagation.inject(context, carrier)
  else contextApi.with(context, () => propagation.inject(contextApi.active(), carrier))
  if (carrier.traceparent === undefined) W3C.inject(context, carrier, defaultTextMapSetter)
}
