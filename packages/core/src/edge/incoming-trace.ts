import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { slot } from '../slot.js'
import type { Settings } from '../telemetry/settings.js'
import { currentRuntime } from '../telemetry/current-runtime.js'
import type { TraceCarrier } from '../tracing/tracing.js'
import type { UnitSpan } from '../unit/unit.js'
import { type Incoming, peerAddress } from './incoming.js'

/** What the unit of a request, or of a WebSocket upgrade, is told of its trace: members of `UnitOptions`. */
export interface IncomingTrace {
  /** The caller's trace and baggage; undefined where it brought none. */
  readonly carrier: TraceCarrier | undefined
  /** Whether the caller's word on sampling is taken (R3.4). */
  readonly trusted: boolean
  /** Whether `OTEL_TRACING_EXCLUDED_URL_PATHS` covers the path (R4.6). */
  readonly untraced: boolean
  readonly span: UnitSpan
}

/**
 * The trace of a request as it arrives, by the HTTP conventions for servers; undefined while OpenTelemetry is off.
 *
 * @param path without the query
 * @param name of the span, where it is not the unit's
 */
export function incomingTrace(
  request: IncomingMessage,
  incoming: Incoming,
  path: string,
  settings: Settings,
  name?: string,
): IncomingTrace | undefined {
  if (slot.tracing === undefined) return undefined
  const { headers, remoteAddress } = incoming
  const carries = headers['traceparent'] !== undefined || headers['baggage'] !== undefined
  return {
    carrier: carries ? (headers as TraceCarrier) : undefined,
    trusted: carries && settings.trusts(remoteAddress),
    untraced: currentRuntime().isTracingExcluded(path),
    span: new RequestSpan(request, incoming, settings.trustProxy, name),
  }
}

const HTTP = Object.freeze({ 'url.scheme': 'http' })
const HTTPS = Object.freeze({ 'url.scheme': 'https' })

/** One object a request, and nothing read that is not needed should the span be recorded. */
class RequestSpan implements UnitSpan {
  readonly dimensions: Readonly<Record<string, string>>
  /** Read at once: a socket that is gone has none. */
  readonly #port: number | undefined

  constructor(
    private readonly request: IncomingMessage,
    private readonly incoming: Incoming,
    private readonly behindProxy: boolean,
    readonly name: string | undefined,
  ) {
    const { socket } = request
    this.#port = socket.remotePort
    const encrypted = (socket as { encrypted?: boolean }).encrypted === true
    const forwarded = behindProxy ? firstOf(incoming.headers, 'x-forwarded-proto')?.toLowerCase() : undefined
    this.dimensions = (forwarded === 'https' || forwarded === 'http' ? forwarded === 'https' : encrypted)
      ? HTTPS
      : HTTP
  }

  attributes(): object {
    const { headers, remoteAddress } = this.incoming
    const { httpVersion } = this.request
    const server = this.#server(headers)
    return {
      'server.address': server?.address,
      'server.port': server?.port,
      'network.peer.address': peerAddress(remoteAddress),
      'network.peer.port': this.#port,
      'network.protocol.version': httpVersion === '2.0' ? '2' : httpVersion,
      'user_agent.original': headers['user-agent'],
    }
  }

  /** By which name the client knows the server: HTTP/2 has it in a header of its own. */
  #server(headers: IncomingHttpHeaders): Authority | undefined {
    const forwarded = this.behindProxy ? firstOf(headers, 'x-forwarded-host') : undefined
    return parseAuthority(forwarded) ?? parseAuthority(firstOf(headers, ':authority') ?? headers.host)
  }
}

interface Authority {
  readonly address: string
  readonly port: number | undefined
}

/** A name or an address, an IPv6 one in brackets, and a port; what else a client writes is no server. */
const AUTHORITY = /^(?:\[([\da-f:.]+)\]|([^\s:/?#@[\]]+))(?::(\d{1,5}))?$/i

function parseAuthority(given: string | undefined): Authority | undefined {
  const found = given === undefined ? null : AUTHORITY.exec(given)
  if (found === null) return undefined
  const [, v6, name, port] = found
  return { address: (v6 ?? name) as string, port: port === undefined ? undefined : Number(port) }
}

function firstOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const header = headers[name]
  return (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim()
}
