import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { ServerOptions, WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { WsOptions } from '../src/options.js'
import { instrumentWebSocketServer } from '../src/server/instrument.js'

/** An instrumented server of plain ws on a port of its own. */
export class PlainServer {
  readonly remove: () => void
  readonly sockets: WebSocket[] = []

  private constructor(
    readonly server: WebSocketServer,
    options: WsOptions | undefined,
  ) {
    this.remove = options === undefined ? () => {} : instrumentWebSocketServer(server, options)
    server.on('connection', (socket: WebSocket) => {
      this.sockets.push(socket)
      socket.on('error', () => {})
    })
  }

  /** Undefined options leave it bare. */
  static async start(
    options: WsOptions | undefined,
    onConnection: (socket: WebSocket) => void = () => {},
    settings: ServerOptions = {},
  ): Promise<PlainServer> {
    const server = new WebSocketServer({ port: 0, ...settings })
    const plain = new PlainServer(server, options)
    server.on('connection', onConnection)
    await once(server, 'listening')
    return plain
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    await Promise.all([...this.server.clients].map(terminated))
    await new Promise((resolve) => {
      this.server.close(resolve)
    })
  }
}

/** Ends a socket at once, and waits until its listeners know. */
export async function terminated(socket: WebSocket): Promise<void> {
  socket.removeAllListeners('error')
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  socket.terminate()
  await closed
}
