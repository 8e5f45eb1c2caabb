import {
  context,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  type Tracer,
  trace,
  type TracerProvider,
} from '@opentelemetry/api'

/** A provider whose spans all have a parent: what is done outside any span is not worth a trace of its own. */
export function belowSpansOnly(provider: TracerProvider): TracerProvider {
  return {
    getTracer(...scope) {
      const tracer = provider.getTracer(...scope)
      const startSpan: Tracer['startSpan'] = (name, options, parent = context.active()) => {
        const span = trace.getSpanContext(parent)
        return span !== undefined && isSpanContextValid(span)
          ? tracer.startSpan(name, options, parent)
          : trace.wrapSpanContext(INVALID_SPAN_CONTEXT)
      }
      return { startSpan, startActiveSpan: tracer.startActiveSpan.bind(tracer) }
    },
  }
}
