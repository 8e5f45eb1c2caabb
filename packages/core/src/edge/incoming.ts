import type { IncomingHttpHeaders } from 'node:http'
import { net } from '../builtins.js'
import type { ContextFields } from '../context/fields.js'
import { resolveRequestId } from '../context/request-id.js'
import { decodeContext } from '../context/wire.js'
import type { Settings } from '../telemetry/settings.js'

/** The header that carries the context between services that trust each other (R3.3). */
export const CONTEXT_HEADER = 'telemetry-context'
/** The header by which callers name their request, echoed on every response (R4.2). */
export const REQUEST_ID_HEADER = 'x-request-id'

/** A request as it arrives, over HTTP or as a WebSocket upgrade. */
export interface Incoming {
  headers: IncomingHttpHeaders
  /** URL or path; the query is ignored. */
  url: string
  /** Address of the direct peer, by which trust is decided. */
  remoteAddress: string | undefined
}

/**
 * The context that an incoming request starts with: its id, the labels of its path, and what a trusted peer
 * forwards (R3.4). The path's own labels win over forwarded ones.
 */
export function incomingFields({ headers, url, remoteAddress }: Incoming, settings: Settings): ContextFields {
  const given = headers[REQUEST_ID_HEADER]
  const carried = headers[CONTEXT_HEADER]
  if (carried === undefined || !settings.trusts(remoteAddress)) {
    return { 'request.id': resolveRequestId(given), ...settings.labelsOf(url) }
  }
  const forwarded = settings.forwardable(decodeContext(carried))
  const requestId = resolveRequestId(given ?? forwarded['request.id'])
  return { ...forwarded, 'request.id': requestId, ...settings.labelsOf(url) }
}

/** How a listener on both IP versions shows an IPv4 peer. */
const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/i

/** The client's address: the direct peer, or with `trustProxy` the first of `X-Forwarded-For` (R6.5). */
export function clientAddress({ headers, remoteAddress }: Incoming, settings: Settings): string | undefined {
  const peer = peerAddress(remoteAddress)
  if (!settings.trustProxy) return peer
  const header = headers['x-forwarded-for']
  const first = (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim()
  return first !== undefined && net().isIP(first) !== 0 ? first.replace(MAPPED_IPV4, '') : peer
}

/** The address of the direct peer as one of its own kind. */
export function peerAddress(remoteAddress: string | undefined): string | undefined {
  return remoteAddress?.replace(MAPPED_IPV4, '')
}
