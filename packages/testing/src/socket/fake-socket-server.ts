import { EventEmitter } from 'node:events'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { WebSocketServer } from 'ws'
import type { FakeSocket } from './fake-socket.js'
import { type FakeSocketInit, FakeWebSocket } from './fake-web-socket.js'

/** How a fake connection reaches its server. */
export interface FakeUpgradeInit extends Omit<FakeSocketInit, 'readyState'> {
  /** Path and query of the upgrade request; default `/`. */
  url?: string
  headers?: Record<string, string>
  /** Address of the peer; default 127.0.0.1. */
  remoteAddress?: string
}

/** A `WebSocketServer` of ws with the controls of a test. */
export type FakeSocketServer = WebSocketServer & {
  /** Opens a connection, upgrade request included; emits `connection` before it returns. */
  connect(init?: FakeUpgradeInit): FakeSocket
}

/**
 * Makes a server of fake sockets, to pass to whatever attaches to a server of ws.
 *
 * Its connections come through `handleUpgrade` as those of ws do, so instrumentation sees them.
 *
 * @example
 * const server = createFakeSocketServer()
 * instrumentWebSocketServer(server)
 * const socket = server.connect({ url: '/ws/drafts/7' })
 * expect(telemetry).toHaveLogged('ws_connected', { 'draft.id': 7 })
 */
export function createFakeSocketServer(): FakeSocketServer {
  return new FakeWebSocketServer() as unknown as FakeSocketServer
}

type Accepted = (client: FakeWebSocket, request: IncomingMessage) => void

class FakeWebSocketServer extends EventEmitter {
  readonly clients = new Set<FakeWebSocket>()
  readonly options = { noServer: true }
  readonly path = undefined
  #init: FakeSocketInit = {}

  connect(init: FakeUpgradeInit = {}): FakeWebSocket {
    const request = upgradeRequest(init)
    this.#init = { protocol: init.protocol }
    let accepted: FakeWebSocket | undefined
    this.handleUpgrade(request, request.socket, Buffer.alloc(0), (client) => {
      accepted = client
      this.emit('connection', client, request)
    })
    return accepted as unknown as FakeWebSocket
  }

  handleUpgrade(request: IncomingMessage, _socket: Socket, _head: Buffer, callback: Accepted): void {
    const client = new FakeWebSocket(this.#init)
    this.clients.add(client)
    client.on('close', () => this.clients.delete(client))
    callback(client, request)
  }

  close(callback?: () => void): void {
    if (callback !== undefined) this.once('close', callback)
    void Promise.resolve('close').then((event) => this.emit(event))
  }
}

function upgradeRequest({ url = '/', headers = {}, remoteAddress = '127.0.0.1' }: FakeUpgradeInit) {
  const peer = new Socket()
  Object.defineProperty(peer, 'remoteAddress', { value: remoteAddress })
  const request = new IncomingMessage(peer)
  request.method = 'GET'
  request.url = url
  for (const [name, value] of Object.entries(headers)) request.headers[name.toLowerCase()] = value
  return request
}
