import { Frame, runInFrame } from '@throughline/core/binding'

/** The key by which OpenTelemetry's SDK knows that no spans are to be made; `Symbol.for`, as its API makes keys. */
const SUPPRESS_TRACING = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING')

const APART = new Frame(undefined).setValue(SUPPRESS_TRACING, true)

/**
 * Runs `fn` outside the current context and without spans: what it starts, timers and requests to PostHog, belongs to
 * no request, sends no `traceparent`, and makes no trace of its own.
 */
export function runApart<T>(fn: () => T): T {
  return runInFrame(APART, fn)
}
