import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api'

const TRACE_ID = '0af7651916cd43dd8448eb211c80'

/** Runs `fn` in a span of its own, which nobody records: what is compared is how its ids come on the lines. */
export function inSpan(at, fn) {
  const id = (0x1_0000 + (at % 0xffff)).toString(16)
  const span = {
    traceId: `${TRACE_ID}${id.slice(1)}`,
    spanId: `b7ad6b716920${id.slice(1)}`,
    traceFlags: TraceFlags.SAMPLED,
  }
  return context.with(trace.setSpanContext(ROOT_CONTEXT, span), fn)
}
