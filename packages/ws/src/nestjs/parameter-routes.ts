import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocketServerLike } from '../server/web-socket-server.js'
import type { GatewayPath } from './gateway-path.js'

/** A gateway's server as Nest's adapter makes it. */
export interface GatewayServer extends WebSocketServerLike {
  readonly path?: string
  handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    callback: (client: unknown) => void,
  ): void
  emit(event: string, ...args: unknown[]): boolean
}

interface Route {
  readonly path: GatewayPath
  readonly server: GatewayServer
}

/** The gateways whose path has parameters, by port. */
export class ParameterRoutes {
  readonly #routes = new Map<number, Route[]>()

  add(port: number, path: GatewayPath, server: GatewayServer): void {
    const routes = this.#routes.get(port) ?? []
    routes.push({ path, server })
    // Stable: of two with as many parameters the one registered first is asked first.
    routes.sort((a, b) => a.path.parameters - b.path.parameters)
    this.#routes.set(port, routes)
  }

  /** The gateway that serves the request, unless a literal path does. */
  find(port: number, request: IncomingMessage, all: readonly GatewayServer[]): GatewayServer | undefined {
    const routes = this.#routes.get(port)
    if (routes === undefined) return undefined
    const pathname = pathnameOf(request)
    if (pathname === undefined || all.some((server) => server.path === pathname)) return undefined
    return routes.find(({ path }) => path.matches(pathname))?.server
  }

  clear(): void {
    this.#routes.clear()
  }
}

/** As Nest's adapter reads it; a URL that cannot be read is left to it. */
function pathnameOf({ url = '', headers }: IncomingMessage): string | undefined {
  try {
    return new URL(url, `ws://${headers.host}/`).pathname
  } catch {
    return undefined
  }
}
