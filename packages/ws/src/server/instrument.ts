import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { isTelemetryEnabled, report } from '@throughline/core/binding'
import { openConnection } from '../connection/open-connection.js'
import { isWebSocket } from '../connection/web-socket.js'
import type { WsOptions } from '../options.js'
import { ServerSettings } from './server-settings.js'
import { isWebSocketServer, type WebSocketServerLike } from './web-socket-server.js'

/** Marks a server, for every copy of this package: the ways in bind it once (R6.3). */
const INSTRUMENTED: unique symbol = Symbol.for('@throughline/ws/server')

interface Instrumentation {
  readonly settings: ServerSettings
  readonly remove: () => void
}

type HandleUpgrade = (
  this: unknown,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  callback: (...accepted: unknown[]) => void,
) => void

/** The same method as a property that is replaced. */
interface Hooked {
  handleUpgrade: HandleUpgrade
}

type MarkedServer = WebSocketServerLike & { [INSTRUMENTED]?: Instrumentation }

/**
 * Gives every connection of a `ws` server one context, from the upgrade to the close, and its messages a child
 * of it each (R6.1, R6.2).
 *
 * For a server with a port, on an HTTP server, or with `handleUpgrade` called by hand. Sockets that are already
 * open get a context from here on. A second call on a server only adds options that the first left open.
 *
 * @returns a function that takes the instrumentation off the server; open connections keep it until they close
 * @throws TypeError for a label or an address range that cannot be used
 * @example
 * const server = new WebSocketServer({ port: 8080 })
 * instrumentWebSocketServer(server)
 * server.on('connection', (socket) => socket.on('message', () => log.info('pick_received')))
 */
export function instrumentWebSocketServer(server: WebSocketServerLike, options: WsOptions = {}): () => void {
  if (!isWebSocketServer(server)) {
    report('warn', 'ws_server_unknown', {
      hint: 'pass a WebSocketServer of the package ws; Socket.io servers are not supported',
    })
    return () => {}
  }
  const marked = server as MarkedServer
  const known = marked[INSTRUMENTED]
  if (known !== undefined) {
    known.settings.add(options)
    return known.remove
  }
  const settings = new ServerSettings(options, server)
  const restore = replaceHandleUpgrade(server, settings)
  const remove = (): void => {
    restore()
    delete marked[INSTRUMENTED]
  }
  Object.defineProperty(server, INSTRUMENTED, { value: { settings, remove }, configurable: true })
  adoptClients(server, settings)
  return remove
}

/**
 * `handleUpgrade` is where all kinds of servers make their sockets; ws binds its own `emit` in the constructor, so
 * the `connection` event cannot be had there.
 */
function replaceHandleUpgrade(server: WebSocketServerLike, settings: ServerSettings): () => void {
  const inherited = !Object.hasOwn(server, 'handleUpgrade')
  const hooked = server as unknown as Hooked
  const original = hooked.handleUpgrade
  let active = true
  const handleUpgrade: HandleUpgrade = function (request, socket, head, callback) {
    if (!active || !isTelemetryEnabled()) return original.call(this, request, socket, head, callback)
    return original.call(this, request, socket, head, (...accepted) => {
      const [client] = accepted
      const ready = (): void => callback(...accepted)
      if (isWebSocket(client)) openConnection(client, request, settings, ready)
      else ready()
    })
  }
  hooked.handleUpgrade = handleUpgrade
  return () => {
    active = false
    if (hooked.handleUpgrade !== handleUpgrade) return
    if (inherited) delete (hooked as Partial<Hooked>).handleUpgrade
    else hooked.handleUpgrade = original
  }
}

/** Sockets that were accepted before: their upgrade request is gone, so they have no labels and no user. */
function adoptClients(server: WebSocketServerLike, settings: ServerSettings): void {
  if (!isTelemetryEnabled()) return
  for (const client of server.clients ?? []) {
    if (isWebSocket(client)) openConnection(client, undefined, settings, () => {})
  }
}
