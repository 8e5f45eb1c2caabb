import 'reflect-metadata'
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Inject, Injectable, Module, type OnModuleInit } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { WsAdapter } from '@nestjs/platform-ws'
import {
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer as InjectServer,
} from '@nestjs/websockets'
import type { WebSocket, WebSocketServer } from 'ws'
import { WithTelemetry } from '../../src/gateway/with-telemetry.js'
import type { WebSocketServerLike } from '../../src/server/web-socket-server.js'
import { Capture } from '../capture.js'
import { Client } from '../client.js'
import { log } from '../draft.js'

/** A server that makes a socket when it is told to. */
class FakeServer implements WebSocketServerLike {
  handleUpgrade(
    _request: unknown,
    _socket: unknown,
    _head: unknown,
    callback: (client: never) => void,
  ): void {
    callback(Object.assign(new EventEmitter(), { readyState: 1, send() {} }) as never)
  }

  connect(): void {
    this.handleUpgrade({ headers: {}, url: '/', socket: {} }, undefined, undefined, () => {})
  }
}

let capture: Capture

beforeEach(() => {
  capture = new Capture()
})

afterEach(() => capture.stop())

/** Whether connections of the server have a context after the gateway was initialised. */
function binds(gateway: object): boolean {
  const server = new FakeServer()
  ;(gateway as { afterInit(server: unknown): void }).afterInit(server)
  server.connect()
  return capture.named('ws_connected').length === 1
}

describe('WithTelemetry', () => {
  it('is a base of its own without an argument', () => {
    class Gateway extends WithTelemetry() {}
    expect(binds(new Gateway())).toBe(true)
  })

  it('binds whether or not the subclass has a hook that calls super', async () => {
    const calls: string[] = []
    class Base {
      afterInit(_server: unknown): string {
        calls.push('base')
        return 'from base'
      }
    }
    class Inheriting extends WithTelemetry(Base) {}
    class CallingSuper extends WithTelemetry(Base) {
      override afterInit(server: unknown): string {
        calls.push('sub')
        return super.afterInit(server)
      }
    }
    class Silent extends WithTelemetry(Base) {
      override afterInit(): string {
        calls.push('silent')
        return 'silent'
      }
    }
    class Field extends WithTelemetry(Base) {
      override afterInit = (): string => {
        calls.push('field')
        return 'field'
      }
    }
    for (const Gateway of [Inheriting, CallingSuper, Silent, Field]) {
      capture.lines.length = 0
      const gateway = new Gateway()
      await Promise.resolve()
      expect([Gateway.name, binds(gateway)]).toEqual([Gateway.name, true])
    }
    expect(calls).toEqual(['base', 'sub', 'base', 'silent', 'field'])
    expect(new Inheriting().afterInit(new FakeServer())).toBe('from base')
  })

  it('binds before the hook runs, with the options given', () => {
    const server = new FakeServer()
    class Base {
      afterInit(): void {
        server.connect()
      }
    }
    class Gateway extends WithTelemetry(Base, { user: () => 'ann' }) {}
    ;(new Gateway() as { afterInit(server: unknown): void }).afterInit(server)
    expect(capture.named('ws_connected')[0]?.context['user.id']).toBe('ann')
  })

  it('keeps constructor arguments, members and statics of the base', () => {
    class Base {
      static readonly kind = 'base'
      constructor(
        readonly name: string,
        readonly size: number,
      ) {}
      describe(): string {
        return `${this.name} ${this.size}`
      }
    }
    class Gateway extends WithTelemetry(Base) {}
    const gateway = new Gateway('draft', 2)
    expect(gateway.describe()).toBe('draft 2')
    expect(gateway).toBeInstanceOf(Base)
    expect(Gateway.kind).toBe('base')
    expect(WithTelemetry(Base)).toHaveLength(2)
  })

  it('takes an abstract base', () => {
    abstract class Base {
      abstract readonly topic: string
      protected constructor(readonly name: string) {}
    }
    class Gateway extends WithTelemetry(Base as abstract new (name: string) => Base) {
      readonly topic = 'draft'
    }
    expect(new Gateway('a')).toMatchObject({ name: 'a', topic: 'draft' })
  })

  it('throws when the gateway is made, for options that cannot be used', () => {
    class Gateway extends WithTelemetry(Object, { trust: ['nowhere'] }) {}
    expect(() => new Gateway()).toThrow(TypeError)
  })

  it('says so when the server is not one of ws', () => {
    class Gateway extends WithTelemetry() {}
    expect(() => (new Gateway() as { afterInit(server: unknown): void }).afterInit({ of() {} })).not.toThrow()
    expect(capture.lines.map(({ event }) => event)).toEqual(['ws_server_unknown'])
  })
})

@Injectable()
class Heroes {
  readonly names = ['axe', 'lina']
}

@Injectable()
class Base {
  constructor(protected readonly heroes: Heroes) {}
}

const order: string[] = []

@WebSocketGateway({ path: '/injected' })
class Injected extends WithTelemetry(Base) implements OnGatewayInit, OnModuleInit {
  @InjectServer() readonly server!: WebSocketServer

  afterInit(server: WebSocketServer): void {
    order.push(`afterInit ${server === this.server}`)
  }

  onModuleInit(): void {
    order.push('onModuleInit')
  }

  handleConnection(_client: WebSocket): void {
    log.info('opened', { heroes: this.heroes.names })
  }

  @SubscribeMessage('heroes')
  list(): object {
    log.info('listed')
    return { event: 'heroes', data: this.heroes.names }
  }
}

@WebSocketGateway({ path: '/own' })
class OwnConstructor extends WithTelemetry(Base) {
  constructor(
    heroes: Heroes,
    @Inject('COUNT') readonly count: number,
  ) {
    super(heroes)
  }

  handleConnection(): void {
    log.info('opened', { count: this.count, heroes: this.heroes.names })
  }
}

@Module({ providers: [Heroes, Injected, OwnConstructor, { provide: 'COUNT', useValue: 2 }] })
class AppModule {}

describe('a gateway of WithTelemetry(Base)', () => {
  it('is injected, and has its hooks called, as without it', async () => {
    const app = await NestFactory.create(AppModule, { logger: false })
    app.useWebSocketAdapter(new WsAdapter(app))
    await app.listen(0)
    const url = (await app.getUrl()).replace('http', 'ws').replace('[::1]', '127.0.0.1')
    const client = await Client.open(`${url}/injected`)
    expect(await client.ask('heroes')).toEqual({ event: 'heroes', data: ['axe', 'lina'] })
    const other = await Client.open(`${url}/own`)
    await capture.until('opened', 2)
    await Promise.all([client.close(), other.close()])
    await capture.until('ws_disconnected', 2)
    await app.close()
    expect(order).toEqual(['afterInit true', 'onModuleInit'])
    const ids = capture.named('ws_connected').map(({ context }) => context['ws.conn_id'])
    expect(
      capture.named('opened').map(({ attributes, context }) => [attributes, context['ws.conn_id']]),
    ).toEqual([
      [{ heroes: ['axe', 'lina'] }, ids[0]],
      [{ count: 2, heroes: ['axe', 'lina'] }, ids[1]],
    ])
    expect(capture.named('listed')[0]?.context['ws.conn_id']).toBe(ids[0])
  })
})
