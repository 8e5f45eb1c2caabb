import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cannotListen } from '../errors.js'

/** Names may resolve to either, and senders take the first: both are listened on. */
const LOOPBACK = ['127.0.0.1', '::1']

export interface Listener {
  readonly port: number
  close(): Promise<void>
}

export interface Timeouts {
  /** Milliseconds for the headers of a request, and for the whole of it. */
  readonly headers: number
  readonly request: number
  /** Milliseconds from one look for late requests to the next. */
  readonly check: number
}

export const TIMEOUTS: Timeouts = { headers: 10_000, request: 30_000, check: 5_000 }

/** Far more than the pages and senders of a machine; each takes a little memory. */
const MAX_CONNECTIONS = 512
const MAX_HEADER_SIZE = 16_384

/**
 * Listens on loopback alone unless an address is given; port 0 is any free one.
 *
 * @throws ConsoleError where the port is taken or the address is not this machine's
 */
export async function listen(
  handler: RequestListener,
  { port, host, timeouts = TIMEOUTS }: { port: number; host?: string | undefined; timeouts?: Timeouts },
): Promise<Listener> {
  const options: ServerOptions = {
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    connectionsCheckingInterval: timeouts.check,
    // Longer than senders wait from one batch to the next: a connection that closes under a request looks like a fault.
    keepAliveTimeout: 90_000,
    maxHeaderSize: MAX_HEADER_SIZE,
  }
  const [first = '', ...others] = host === undefined ? LOOPBACK : [host]
  const server = await bind(createServer(options, handler), port, first)
  const servers = [server]
  const { port: found } = server.address() as AddressInfo
  for (const address of others) {
    try {
      servers.push(await bind(createServer(options, handler), found, address))
    } catch (error) {
      // A machine without IPv6 has no such address. Taken is another matter: senders might reach the other one.
      if (isTaken(error) && port !== 0) {
        await closeAll(servers)
        throw error
      }
    }
  }
  return { port: found, close: () => closeAll(servers) }
}

async function bind(server: Server, port: number, host: string): Promise<Server> {
  server.maxConnections = MAX_CONNECTIONS
  server.listen({ port, host })
  try {
    await once(server, 'listening')
  } catch (error) {
    throw cannotListen(error as NodeJS.ErrnoException, host, port)
  }
  return server
}

function isTaken(error: unknown): boolean {
  return (error as { cause?: NodeJS.ErrnoException }).cause?.code === 'EADDRINUSE'
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(async (server) => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    }),
  )
}
