import { type Context, INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api'

/** The key under which OpenTelemetry's API keeps the span in a context, learnt through its public functions. */
export function learnSpanKey(): symbol {
  let found: symbol | undefined
  const listening: Context = {
    getValue: () => undefined,
    setValue(key) {
      found = key
      return listening
    },
    deleteValue: () => listening,
  }
  trace.setSpan(listening, trace.wrapSpanContext(INVALID_SPAN_CONTEXT))
  return found as unknown as symbol
}
