import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type INestApplication, Injectable } from '@nestjs/common'
import { WsAdapter } from '@nestjs/platform-ws'
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import { WebSocket, WebSocketServer } from 'ws'
import { WithTelemetry } from '../src/gateway/with-telemetry.js'
import { TelemetryWsAdapter } from '../src/nestjs/telemetry-ws-adapter.js'
import { instrumentWebSocketServer } from '../src/server/instrument.js'
import { type Gateway, portOf, startApp } from './nest-app.js'
import { terminated } from './plain-server.js'
import { handlers, MAX_PAYLOAD, onConnection, onDisconnect, OPTIONS, PATH, PATTERN, serve } from './draft.js'

/** A running server of the draft. */
export interface Running {
  readonly port: number
  stop(): Promise<void>
}

export type WayIn = [name: string, start: () => Promise<Running>]

export async function listening(server: Server): Promise<number> {
  if (!server.listening) await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

export async function stopServer(server: Server, sockets: WebSocketServer): Promise<void> {
  await Promise.all([...sockets.clients].map(terminated))
  sockets.close()
  server.closeAllConnections()
  if (server.listening) await new Promise((resolve) => server.close(resolve))
}

async function ownPort(): Promise<Running> {
  const sockets = new WebSocketServer({ port: 0, maxPayload: MAX_PAYLOAD })
  instrumentWebSocketServer(sockets, OPTIONS)
  sockets.on('connection', serve)
  await once(sockets, 'listening')
  const { port } = sockets.address() as AddressInfo
  return {
    port,
    async stop() {
      await Promise.all([...sockets.clients].map(terminated))
      await new Promise((resolve) => {
        sockets.close(resolve)
      })
    },
  }
}

async function onHttpServer(): Promise<Running> {
  const server = createServer().listen(0)
  const sockets = new WebSocketServer({ server, maxPayload: MAX_PAYLOAD })
  instrumentWebSocketServer(sockets, OPTIONS)
  sockets.on('connection', serve)
  return { port: await listening(server), stop: () => stopServer(server, sockets) }
}

async function byHand(): Promise<Running> {
  const server = createServer().listen(0)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, clientTracking: true })
  instrumentWebSocketServer(sockets, OPTIONS)
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (client: WebSocket) => serve(client))
  })
  return { port: await listening(server), stop: () => stopServer(server, sockets) }
}

abstract class Draft {
  handleConnection(client: WebSocket): void {
    void onConnection(client)
  }

  handleDisconnect(): void {
    onDisconnect()
  }

  @SubscribeMessage('pick')
  pick(@MessageBody() hero: number): Promise<object> {
    return handlers.pick(hero)
  }

  @SubscribeMessage('login')
  login(@MessageBody() user: number): object {
    return handlers.login(user)
  }
}

@WebSocketGateway({ path: PATH, maxPayload: MAX_PAYLOAD })
class PlainGateway extends WithTelemetry(Draft, OPTIONS) {}

@WebSocketGateway({ path: PATTERN, maxPayload: MAX_PAYLOAD })
class PatternGateway extends Draft {}

@WebSocketGateway({ path: PATH, maxPayload: MAX_PAYLOAD })
class EveryGateway extends WithTelemetry(Draft, OPTIONS) {
  afterInit(server: WebSocketServer): void {
    instrumentWebSocketServer(server, OPTIONS)
  }
}

/** A gateway with no base of its own; its options are those of the server's first way in. */
@Injectable()
@WebSocketGateway({ path: PATH, maxPayload: MAX_PAYLOAD })
class BareGateway extends WithTelemetry() {
  afterInit(server: WebSocketServer): void {
    instrumentWebSocketServer(server, OPTIONS)
  }

  handleConnection(client: WebSocket): void {
    void onConnection(client)
  }

  handleDisconnect(): void {
    onDisconnect()
  }

  @SubscribeMessage('pick')
  pick(@MessageBody() hero: number): Promise<object> {
    return handlers.pick(hero)
  }

  @SubscribeMessage('login')
  login(@MessageBody() user: number): object {
    return handlers.login(user)
  }
}

async function startNest(
  gateway: Gateway,
  adapterOf: Parameters<typeof startApp>[1],
  fastify = false,
): Promise<Running> {
  const app = await startApp([gateway], adapterOf, { fastify })
  return { port: portOf(app), stop: () => app.close() }
}

const stock = (app: INestApplication): WsAdapter => new WsAdapter(app)
const ours = (app: INestApplication): WsAdapter => new TelemetryWsAdapter(app, OPTIONS)

/** Every way in that the README names, each serving the same draft. */
export const WAYS_IN: WayIn[] = [
  ['instrumentWebSocketServer on a port', ownPort],
  ['instrumentWebSocketServer on an HTTP server', onHttpServer],
  ['instrumentWebSocketServer with handleUpgrade by hand', byHand],
  ['WithTelemetry() on Express', () => startNest(BareGateway, stock)],
  ['WithTelemetry(Base) on Express', () => startNest(PlainGateway, stock)],
  ['WithTelemetry(Base) on Fastify', () => startNest(PlainGateway, stock, true)],
  ['TelemetryWsAdapter on Express', () => startNest(PatternGateway, ours)],
  ['TelemetryWsAdapter on Fastify', () => startNest(PatternGateway, ours, true)],
  ['all three together', () => startNest(EveryGateway, ours)],
]
