import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, type Socket } from 'node:net'

/** A listening server of which nothing is left once it is closed. */
export interface Listener {
  readonly port: number
  /** Destroys every connection, also one with a request in work. */
  readonly close: () => Promise<void>
}

/** Listens on 127.0.0.1; port 0 is any free one. */
export async function listen(onRequest: RequestListener, port: number): Promise<Listener> {
  // No timeouts of the server's own: a slow or silent answer is what a test asked for, and a kept-alive connection
  // that closes at an exporter's next request would look like a fault that nobody set.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }, onRequest)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
