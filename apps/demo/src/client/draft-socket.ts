import { once } from 'node:events'
import { WebSocket } from 'ws'
import { Collected } from '../stage/collected.js'

/** What the gateway sends. */
export interface SocketMessage {
  event: string
  /** The request that a result is the answer to. */
  requestId?: string
  data: unknown
}

/** A client's socket, watching one draft. */
export class DraftSocket {
  readonly messages = new Collected<SocketMessage>()
  readonly #socket: WebSocket

  private constructor(url: string, headers: Record<string, string>) {
    this.#socket = new WebSocket(url, { headers })
    this.#socket.on('message', (data: Buffer) => {
      this.messages.add(JSON.parse(data.toString()) as SocketMessage)
    })
  }

  /** Resolves when the gateway has let it in. */
  static async open(url: string, headers: Record<string, string>): Promise<DraftSocket> {
    const socket = new DraftSocket(url, headers)
    const refused = once(socket.#socket, 'close').then(([code]) => {
      throw new Error(`${url} was closed with ${String(code)}`)
    })
    await Promise.race([
      refused,
      socket.messages.until('the socket to be let in', (all) =>
        all.find(({ event }) => event === 'watching'),
      ),
    ])
    refused.catch(() => undefined)
    return socket
  }

  send(event: string, data: unknown): void {
    this.#socket.send(JSON.stringify({ event, data }))
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close')
    this.#socket.close(1000)
    await closed
  }
}
