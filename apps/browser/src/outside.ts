import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What stands in for everything that is not this machine: a proxy that notes what is asked, and refuses it. */
export class Outside {
  /** Addresses, or names with their port, in order. */
  readonly asked: string[] = []
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      this.asked.push(request.url ?? '')
      response.writeHead(502).end()
    })
    this.#server.on('connect', ({ url }, socket: Socket) => {
      this.asked.push(url ?? '')
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    })
  }

  static async start(): Promise<Outside> {
    const outside = new Outside()
    await new Promise<void>((resolve) => outside.#server.listen(0, '127.0.0.1', resolve))
    return outside
  }

  /** As a browser context takes it. */
  get proxy(): { server: string; bypass: string } {
    const { port } = this.#server.address() as AddressInfo
    return { server: `http://127.0.0.1:${port}`, bypass: 'localhost,*.localhost,127.0.0.1' }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

/** Whether an address is of this machine, or of no machine at all (`data:`, `blob:`, `about:`). */
export function isLocal(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  if (!/^(?:https?|wss?):$/.test(protocol)) return true
  return /^(?:(?:.+\.)?localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
}
