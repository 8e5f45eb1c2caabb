import { type Context, isSpanContextValid, type Span, SpanKind, trace, TraceFlags } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'
import { isFrame } from './frame-context-manager.js'

/** What tells a span's kind: the SDK's have a field, Sentry's an attribute and the span that they are all below. */
interface Telling extends Span {
  readonly kind?: unknown
  readonly _sentryRootSpan?: Span
  getSpanJSON?(): { readonly attributes?: Readonly<Record<string, unknown>> }
}

/**
 * The span that another instrumentation has opened for the request which is being handled, if there is one: the
 * active one, or one above it where a middleware has a span too.
 *
 * What was active when the server started to listen is active as well, and is not the request's.
 */
export function serverSpanOf(active: Context): Span | undefined {
  const span: Telling | undefined = trace.getSpan(active)
  const candidates = [getRPCMetadata(active)?.span, span, span?._sentryRootSpan]
  return candidates.find((one) => one !== undefined && isServerSpan(one) && !isOfUnit(one, active))
}

function isServerSpan(span: Telling): boolean {
  const context = span.spanContext()
  if (context.isRemote === true || !isSpanContextValid(context)) return false
  const kind = span.kind ?? span.getSpanJSON?.().attributes?.['sentry.kind']
  if (span.isRecording()) return kind === undefined ? span.getSpanJSON === undefined : isServer(kind)
  // One that is not sampled does not tell its kind; one that has ended is sampled, yet does not record.
  return kind === undefined && (context.traceFlags & TraceFlags.SAMPLED) === 0
}

function isServer(kind: unknown): boolean {
  return kind === SpanKind.SERVER || kind === 'server'
}

/** A unit of ours: one that the server was started in, or a request that sends another one to its own server. */
function isOfUnit(span: Span, active: Context): boolean {
  if (!isFrame(active)) return false
  for (let at = active.scope; at !== undefined; at = at.parent) {
    if (at.unit?.frame.span === span) return true
  }
  return false
}
