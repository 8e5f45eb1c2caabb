import type { ClientRequest } from 'node:http'
import { isWrapped } from '@opentelemetry/instrumentation'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { CONTEXT_HEADER } from '@throughline/core/binding'
import { http, https, module } from '../builtins.js'
import { isSuppressed } from '../tracing/suppressed.js'
import { createContextHeader, portOf, type Target } from './context-header.js'
import type { InstrumentationOptions, Running } from './instrumentations.js'
import { patchBuiltin } from './loaded-drivers.js'
import { isTracedElsewhere } from './traced-method.js'
import { redactUrl } from './url-redaction.js'

/** Spans and propagation of the client of `node:http` and `node:https`; incoming requests are units of our own. */
export function start(options: InstrumentationOptions): Running | undefined {
  if (isTracedElsewhere(http, 'request')) return undefined
  const contextHeader = createContextHeader(options.contextHeader)
  const instrumentation = new HttpInstrumentation({
    disableIncomingRequestInstrumentation: true,
    // A list of headers would be turned into an object with numbers for names.
    ignoreOutgoingRequestHook: ({ headers }) => Array.isArray(headers) || isSuppressed(),
    requestHook(span, message) {
      redactUrl(span)
      const request = message as ClientRequest
      if (request.headersSent || request.hasHeader(CONTEXT_HEADER)) return
      const target = targetOf(request)
      const value = target === undefined ? undefined : contextHeader(target)
      if (value !== undefined) request.setHeader(CONTEXT_HEADER, value)
    },
  })
  instrumentation.setTracerProvider(options.tracerProvider)
  if (options.meterProvider !== undefined) instrumentation.setMeterProvider(options.meterProvider)
  patchBuiltin(instrumentation, 'http', http)
  patchBuiltin(instrumentation, 'https', https())
  // Names imported from an ES module follow, in modules that are loaded already too.
  module.syncBuiltinESMExports()
  return { instrumentation, disable: () => unpatch(instrumentation) }
}

function unpatch(instrumentation: HttpInstrumentation): void {
  for (const definition of instrumentation.getModuleDefinitions()) {
    const exports = definition.name === 'https' ? https() : http
    if (isWrapped(exports.request)) definition.unpatch?.(exports)
  }
  module.syncBuiltinESMExports()
}

/** The host that is connected to; a socket of the file system is none. */
function targetOf(request: ClientRequest & { socketPath?: string }): Target | undefined {
  const { host: hostname, protocol } = request
  if (request.socketPath !== undefined || !hostname) return undefined
  return { hostname, port: portIn(request.getHeader('host'), hostname, protocol) }
}

/** Node keeps the port in no other place; a `Host` header of the application's own may tell another host's. */
function portIn(header: unknown, hostname: string, protocol: string): number | undefined {
  const written = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname
  if (typeof header !== 'string' || !header.toLowerCase().startsWith(written.toLowerCase())) return undefined
  const rest = header.slice(written.length)
  return rest === '' || /^:\d+$/.test(rest) ? portOf(protocol, rest.slice(1)) : undefined
}
