import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type ContextFields, runUnit, type Unit } from '@throughline/core'
import {
  clientAddress,
  type Incoming,
  incomingFields,
  type IncomingTrace,
  incomingTrace,
  report,
  type Settings,
  urlPath,
} from '@throughline/core/binding'
import type { ServerSettings } from '../server/server-settings.js'
import { Connection } from './connection.js'
import { bindSocket, isBound } from './socket.js'
import type { WebSocketLike } from './web-socket.js'

/**
 * Opens a connection's unit of work, binds its socket to it, and calls `ready` in its context (R6.1).
 *
 * Its span is the upgrade's: it ends as soon as `ready` has returned, for a connection may last for days. Whatever
 * goes wrong in here, `ready` is called: the host gets its socket.
 */
export function openConnection(
  socket: WebSocketLike,
  request: IncomingMessage | undefined,
  server: ServerSettings,
  ready: () => void,
): void {
  if (isBound(socket)) return ready()
  const id = randomUUID()
  let start: Start
  try {
    start = startOf(socket, request, server, id)
  } catch {
    return ready()
  }
  const { fields, address, trusted, path, trace } = start
  return runUnit(
    {
      kind: 'connection',
      name: 'websocket',
      fields,
      manualEnd: true,
      detached: true,
      carrier: trace?.carrier,
      trusted: trace?.trusted,
      untraced: trace?.untraced,
      // Without the request there is nothing to tell of.
      span: trace?.span ?? false,
    },
    (unit) => {
      bindSocket(socket, new Connection(id, unit, socket, server, trusted, trace?.untraced === true))
      report('info', 'ws_connected', { 'client.address': address ?? 'unknown' })
      if (trace === undefined) return ready()
      connect(unit, ready, {
        'http.request.method': 'GET',
        'http.route': server.route,
        'url.path': path,
        'http.response.status_code': SWITCHING_PROTOCOLS,
        'client.address': address,
      })
    },
  )
}

const SWITCHING_PROTOCOLS = 101

/** An asynchronous `connection` handler is not waited for: what it starts is below the span all the same. */
function connect(unit: Unit, ready: () => void, attributes: object): void {
  try {
    ready()
  } catch (error) {
    unit.endSpan({ outcome: 'error', error, attributes })
    throw error
  }
  unit.endSpan({ outcome: 'ok', attributes })
}

interface Start {
  readonly fields: ContextFields
  readonly address: string | undefined
  /** Whether the peer's word on the context is taken (R3.4). */
  readonly trusted: boolean
  /** Of the upgrade, without the query. */
  readonly path: string
  readonly trace: IncomingTrace | undefined
}

function startOf(
  socket: WebSocketLike,
  request: IncomingMessage | undefined,
  server: ServerSettings,
  id: string,
): Start {
  const settings = server.edge()
  const incoming = incomingOf(socket, request)
  const fields = incomingFields(incoming, settings)
  fields['ws.conn_id'] = id
  const user = request === undefined ? undefined : userOf(request, settings)
  if (user !== undefined) fields['user.id'] = user
  const path = urlPath(incoming.url)
  return {
    fields,
    address: clientAddress(incoming, settings),
    trusted: settings.trusts(incoming.remoteAddress),
    path,
    trace: request && incomingTrace(request, incoming, path, settings, nameOf(server.route)),
  }
}

/** An upgrade is a GET (RFC 6455, 4.1). */
function nameOf(route: string | undefined): string {
  return route === undefined ? 'GET' : `GET ${route}`
}

function incomingOf(socket: WebSocketLike, request: IncomingMessage | undefined): Incoming {
  if (request !== undefined) {
    const { headers, url = '', socket: peer } = request
    return { headers, url, remoteAddress: peer.remoteAddress }
  }
  const { _socket: peer } = socket as { _socket?: { remoteAddress?: string } }
  return { headers: {}, url: '', remoteAddress: peer?.remoteAddress }
}

/** A resolver that throws knows nobody. */
function userOf(request: IncomingMessage, { user }: Settings): string | number | undefined {
  try {
    return user?.({ kind: 'connection', request }) ?? undefined
  } catch {
    return undefined
  }
}
