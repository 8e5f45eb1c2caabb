import { UndiciInstrumentation, type UndiciRequest } from '@opentelemetry/instrumentation-undici'
import { CONTEXT_HEADER } from '@throughline/core/binding'
import { isSuppressed } from '../tracing/suppressed.js'
import { createContextHeader, portOf } from './context-header.js'
import type { InstrumentationOptions, Running } from './instrumentations.js'
import { redactUrl } from './url-redaction.js'

/** Spans and propagation of fetch and undici, which tell of each request, redirected ones included. */
export function start(options: InstrumentationOptions): Running {
  const contextHeader = createContextHeader(options.contextHeader)
  const instrumentation = new UndiciInstrumentation({
    ignoreRequestHook: isSuppressed,
    requestHook(span, request) {
      redactUrl(span)
      removeTrace(request)
      const { protocol, hostname, port } = new URL(request.origin)
      const value = contextHeader({ hostname, port: portOf(protocol, port) })
      if (value !== undefined && !hasHeader(request, CONTEXT_HEADER))
        addHeader(request, CONTEXT_HEADER, value)
    },
  })
  instrumentation.setTracerProvider(options.tracerProvider)
  if (options.meterProvider !== undefined) instrumentation.setMeterProvider(options.meterProvider)
  return { instrumentation }
}

const TRACE_HEADERS: ReadonlySet<string> = new Set(['traceparent', 'tracestate'])

/** One that the application forwards would stand beside the span's own, which makes both invalid. */
function removeTrace({ headers }: UndiciRequest): void {
  if (typeof headers === 'string') return
  for (let at = headers.length - 2; at >= 0; at -= 2) {
    if (TRACE_HEADERS.has(String(headers[at]).toLowerCase())) headers.splice(at, 2)
  }
}

/** Names and values by turns; in undici 5 the raw lines. */
function hasHeader({ headers }: UndiciRequest, name: string): boolean {
  if (typeof headers === 'string') return headers.toLowerCase().includes(`${name}:`)
  return headers.some((item, at) => at % 2 === 0 && String(item).toLowerCase() === name)
}

function addHeader(request: UndiciRequest, name: string, value: string): void {
  if (typeof request.addHeader === 'function') request.addHeader(name, value)
  else if (typeof request.headers === 'string') request.headers += `${name}: ${value}\r\n`
  else request.headers.push(name, value)
}
