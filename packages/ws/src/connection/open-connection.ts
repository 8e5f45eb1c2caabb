import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type ContextFields, runUnit } from '@throughline/core'
import {
  clientAddress,
  type Incoming,
  incomingFields,
  report,
  type Settings,
} from '@throughline/core/binding'
import type { ServerSettings } from '../server/server-settings.js'
import { Connection } from './connection.js'
import { bindSocket, isBound } from './socket.js'
import type { WebSocketLike } from './web-socket.js'

/**
 * Opens a connection's unit of work, binds its socket to it, and calls `ready` in its context (R6.1).
 *
 * Whatever goes wrong in here, `ready` is called: the host gets its socket.
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
    start = startOf(socket, request, server.edge(), id)
  } catch {
    return ready()
  }
  const { fields, address, trusted } = start
  return runUnit(
    { kind: 'connection', name: 'websocket', fields, manualEnd: true, detached: true },
    (unit) => {
      bindSocket(socket, new Connection(id, unit, socket, server, trusted))
      report('info', 'ws_connected', { 'client.address': address ?? 'unknown' })
      ready()
    },
  )
}

interface Start {
  readonly fields: ContextFields
  readonly address: string | undefined
  /** Whether the peer's word on the context is taken (R3.4). */
  readonly trusted: boolean
}

function startOf(
  socket: WebSocketLike,
  request: IncomingMessage | undefined,
  settings: Settings,
  id: string,
): Start {
  const incoming = incomingOf(socket, request)
  const fields = incomingFields(incoming, settings)
  fields['ws.conn_id'] = id
  const user = request === undefined ? undefined : userOf(request, settings)
  if (user !== undefined) fields['user.id'] = user
  const { remoteAddress } = incoming
  return { fields, address: clientAddress(incoming, settings), trusted: settings.trusts(remoteAddress) }
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
