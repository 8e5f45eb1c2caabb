import { once } from 'node:events'
import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { type ClientOptions, WebSocket } from 'ws'

/** A client whose messages can be awaited one after the other. */
export class Client {
  readonly socket: WebSocket
  readonly closed: Promise<number>
  readonly #received: string[] = []
  #wake: (() => void) | undefined

  constructor(url: string, options: ClientOptions = {}) {
    // The caller is another process, as it were: no span of its own, no headers that nobody has written.
    this.socket = context.with(suppressTracing(context.active()), () => new WebSocket(url, options))
    this.closed = new Promise((resolve) => {
      this.socket.once('close', resolve)
    })
    this.socket.on('error', () => {})
    this.socket.on('message', (data: Buffer) => {
      this.#received.push(data.toString())
      this.#wake?.()
    })
  }

  static async open(url: string, options?: ClientOptions): Promise<Client> {
    const client = new Client(url, options)
    await once(client.socket, 'open')
    return client
  }

  async next(): Promise<string> {
    while (this.#received.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.#received.shift() as string
  }

  /** Sends one event of the tests' protocol and takes the answer. */
  async ask(event: string, data?: unknown): Promise<unknown> {
    this.socket.send(JSON.stringify({ event, data }))
    return JSON.parse(await this.next())
  }

  async close(code = 1000): Promise<void> {
    this.socket.close(code)
    await this.closed
  }
}
