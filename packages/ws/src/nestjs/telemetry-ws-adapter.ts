import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WsAdapter } from '@nestjs/platform-ws'
import { EMPTY, finalize, type Observable, tap } from 'rxjs'
import { holdMessage } from '../message/delivery.js'
import type { WsOptions } from '../options.js'
import { instrumentWebSocketServer } from '../server/instrument.js'
import { ServerSettings } from '../server/server-settings.js'
import { compileGatewayPath } from './gateway-path.js'
import { type GatewayServer, ParameterRoutes } from './parameter-routes.js'
import { watchHandlerFailures } from './handler-failure.js'

/** Nest's options (`messageParser`) and ours. */
export type TelemetryWsAdapterOptions = WsOptions & ConstructorParameters<typeof WsAdapter>[1]

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/**
 * Nest's WsAdapter with one context per connection: `handleConnection`, guards, pipes, handlers, filters and
 * `handleDisconnect` run in it, and a message lasts until its handler's answer is complete (R6.2, R6.3).
 *
 * It also serves gateway paths with parameters, `/ws/tournaments/{tournamentId}`; literal paths come first.
 *
 * @throws TypeError for a label or an address range that cannot be used
 * @example
 * app.useWebSocketAdapter(new TelemetryWsAdapter(app))
 */
export class TelemetryWsAdapter extends WsAdapter {
  readonly #options: WsOptions
  readonly #routes = new ParameterRoutes()

  constructor(appOrHttpServer?: object, options: TelemetryWsAdapterOptions = {}) {
    const { messageParser, ...own } = options
    super(appOrHttpServer, messageParser === undefined ? undefined : { messageParser })
    void new ServerSettings(own)
    this.#options = own
    watchHandlerFailures()
  }

  override create(...args: Parameters<WsAdapter['create']>): ReturnType<WsAdapter['create']> {
    const server: GatewayServer = super.create(...args)
    instrumentWebSocketServer(server, this.#options)
    return server
  }

  override bindMessageHandler(...args: Parameters<WsAdapter['bindMessageHandler']>): Observable<unknown> {
    const answer: Observable<unknown> = super.bindMessageHandler(...args)
    const message = answer === EMPTY ? undefined : holdMessage()
    if (message === undefined) return answer
    return answer.pipe(
      tap({ error: (error: unknown) => message.fail(error) }),
      finalize(() => message.release()),
    )
  }

  override async dispose(): Promise<void> {
    await super.dispose()
    this.#routes.clear()
  }

  protected override addWsServerToRegistry<T extends Record<'path', string>>(
    server: T,
    port: number,
    path: string,
  ): void {
    super.addWsServerToRegistry(server, port, path)
    const compiled = compileGatewayPath(server.path)
    if (compiled !== undefined) this.#routes.add(port, compiled, server as unknown as GatewayServer)
  }

  /** Nest's own listener stays in charge of literal paths, of those that nobody serves, and of bad URLs. */
  protected override ensureHttpServerExists(port: number, httpServer?: Server): Server | undefined {
    const server = super.ensureHttpServerExists(port, httpServer)
    const listeners = (this as unknown as { upgradeListenersRegistry?: Map<number, UpgradeListener> })
      .upgradeListenersRegistry
    const stock = listeners?.get(port)
    if (server === undefined || stock === undefined) return server
    const listener: UpgradeListener = (request, socket, head) => {
      const gateway = this.#routes.find(port, request, this.wsServersRegistry.get(port) ?? [])
      if (gateway === undefined) return stock(request, socket, head)
      gateway.handleUpgrade(request, socket, head, (client) => gateway.emit('connection', client, request))
    }
    server.off('upgrade', stock)
    server.on('upgrade', listener)
    listeners?.set(port, listener)
    return server
  }
}
