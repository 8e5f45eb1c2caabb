import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  type ExecutionContext,
  type INestApplication,
  Inject,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  Scope,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common'
import {
  BaseWsExceptionFilter,
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WsException,
} from '@nestjs/websockets'
import { bindContext, type FinishedUnit, onUnitEnd } from '@throughline/core'
import { interval, map, type Observable, take, tap } from 'rxjs'
import type { WebSocket } from 'ws'
import { TelemetryWsAdapter, type TelemetryWsAdapterOptions } from '../../src/nestjs/telemetry-ws-adapter.js'
import { Capture } from '../capture.js'
import { Client } from '../client.js'
import { log } from '../draft.js'
import { portOf, startApp } from '../nest-app.js'
import { listening } from '../ways-in.js'

class Guard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    log.info('guard')
    bindContext({ 'user.id': 'ann' })
    return context.switchToWs().getData<unknown>() !== 'forbidden'
  }
}

class Pipe implements PipeTransform {
  transform(value: unknown): unknown {
    log.info('pipe')
    if (value === 'malformed') throw new WsException('malformed')
    return value
  }
}

class Interceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    log.info('interceptor')
    return next.handle().pipe(tap(() => log.info('intercepted')))
  }
}

@Catch()
class Filter extends BaseWsExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): void {
    log.info('filter')
    // oxlint-disable-next-line promise/valid-params -- a filter's method, not a promise's
    super.catch(exception, host)
  }
}

@Catch(RangeError)
class Kind extends BaseWsExceptionFilter {
  override catch(_exception: unknown, host: ArgumentsHost): void {
    host.switchToWs().getClient<WebSocket>().send('"handled"')
  }
}

@UseGuards(Guard)
@UseFilters(Filter)
@WebSocketGateway({ path: '/ws/tournaments/{tournamentId}/draft/{draftId}' })
class DraftGateway {
  handleConnection(): void {
    log.info('connected')
  }

  handleDisconnect(): void {
    log.info('disconnected')
  }

  @UseInterceptors(Interceptor)
  @SubscribeMessage('pick')
  async pick(@MessageBody(Pipe) hero: unknown, @ConnectedSocket() client: WebSocket): Promise<object> {
    log.info('handler')
    await new Promise((resolve) => {
      setTimeout(resolve, 1)
    })
    if (hero === 'late') throw new TypeError('no such hero')
    client.send('"sent by hand"')
    return { event: 'picked', data: hero }
  }

  @SubscribeMessage('stream')
  stream(): Observable<object> {
    return interval(1).pipe(
      tap(() => log.info('tick')),
      take(3),
      map((data) => ({ event: 'tick', data })),
    )
  }

  @SubscribeMessage('endless')
  endless(): Observable<object> {
    return interval(1).pipe(map((data) => ({ event: 'tick', data })))
  }

  @SubscribeMessage('broken stream')
  brokenStream(): Observable<object> {
    return interval(1).pipe(
      map(() => {
        throw new TypeError('stream broke')
      }),
    )
  }

  @UseFilters(Kind)
  @SubscribeMessage('handled')
  handled(): void {
    throw new RangeError('the application knows')
  }

  @SubscribeMessage('nothing')
  nothing(): void {}
}

@WebSocketGateway({ path: '/ws/tournaments/7/draft/current' })
class LiteralGateway {
  @SubscribeMessage('who')
  who(): object {
    return { event: 'literal' }
  }
}

@WebSocketGateway({ path: '/ws/tournaments/{tournamentId}/draft/latest' })
class FewerParametersGateway {
  @SubscribeMessage('who')
  who(): object {
    return { event: 'fewer' }
  }
}

@WebSocketGateway({ path: '/ws/rooms/{room}' })
class SecondGateway {
  @SubscribeMessage('second')
  second(): object {
    return { event: 'second' }
  }
}

@Injectable({ scope: Scope.REQUEST })
class PerSocket {
  say(): void {
    log.info('scoped_provider')
  }
}

@WebSocketGateway({ path: '/scoped/{id}' })
class ScopedGateway {
  constructor(@Inject(PerSocket) private readonly provider: PerSocket) {}

  handleConnection(): void {
    log.info('scoped_connected')
  }

  handleDisconnect(): void {
    log.info('scoped_left')
  }

  @SubscribeMessage('who')
  who(): object {
    log.info('scoped_handler')
    this.provider.say()
    return { event: 'scoped' }
  }

  @SubscribeMessage('fail')
  fail(): void {
    throw new TypeError('scoped failure')
  }
}

const ours =
  (options: TelemetryWsAdapterOptions = {}) =>
  (app: INestApplication): TelemetryWsAdapter =>
    new TelemetryWsAdapter(app, options)

const urlOf = (app: INestApplication): string => `ws://127.0.0.1:${portOf(app)}`

describe.each([
  ['Express', false],
  ['Fastify', true],
])('TelemetryWsAdapter on %s', (_name, fastify) => {
  let capture: Capture
  let app: INestApplication
  let units: FinishedUnit[]
  let forget: () => void

  beforeEach(async () => {
    capture = new Capture()
    units = []
    forget = onUnitEnd((unit) => units.push(unit))
    app = await startApp([LiteralGateway, SecondGateway, DraftGateway, FewerParametersGateway], ours(), {
      fastify,
    })
  })

  afterEach(async () => {
    await app.close()
    forget()
    capture.stop()
  })

  const open = (path = '/ws/tournaments/5/draft/9'): Promise<Client> => Client.open(urlOf(app) + path)

  const messages = (): unknown[] =>
    units
      .filter(({ kind }) => kind === 'message')
      .map(({ outcome, error }) => [outcome, (error as Error)?.message])

  it('runs guard, pipe, interceptor, handler and filter in the context of the message', async () => {
    const client = await open()
    client.socket.send(JSON.stringify({ event: 'pick', data: 7 }))
    expect(await client.next()).toBe('"sent by hand"')
    expect(await client.next()).toBe('{"event":"picked","data":7}')
    await client.close()
    await capture.until('ws_disconnected')
    expect(capture.lines.map(({ event }) => event)).toEqual([
      'ws_connected',
      'connected',
      'guard',
      'interceptor',
      'pipe',
      'handler',
      'intercepted',
      'disconnected',
      'ws_disconnected',
    ])
    const [connected] = capture.named('ws_connected')
    for (const { event, context } of capture.lines) {
      const before = ['ws_connected', 'connected', 'guard'].includes(event)
      expect([event, context]).toEqual([
        event,
        { ...connected?.context, ...(!before && { 'user.id': 'ann' }) },
      ])
    }
    expect(messages()).toEqual([['ok', undefined]])
  })

  it.each([
    ['a guard refuses', 'forbidden', 'Forbidden resource'],
    ['a pipe refuses', 'malformed', 'malformed'],
  ])('tells the client, and fails nothing, when %s', async (_name, data, message) => {
    const client = await open()
    expect(await client.ask('pick', data)).toEqual({
      event: 'exception',
      data: { status: 'error', message, cause: { pattern: 'pick', data } },
    })
    await client.close()
    const [ended] = await capture.until('ws_disconnected')
    expect(capture.named('filter')[0]?.context).toEqual(ended?.context)
    expect(capture.named('ws_error')).toEqual([])
    expect(messages()).toEqual([['ok', undefined]])
  })

  it('writes a ws_error when a handler fails, and tells the client as usual', async () => {
    const client = await open()
    expect(await client.ask('pick', 'late')).toEqual({
      event: 'exception',
      data: { status: 'error', message: 'Internal server error', cause: { pattern: 'pick', data: 'late' } },
    })
    await client.close()
    const [ended] = await capture.until('ws_disconnected')
    expect(capture.named('ws_error')).toEqual([
      {
        level: 'error',
        event: 'ws_error',
        logger: 'throughline',
        attributes: {
          'exception.type': 'TypeError',
          'exception.message': 'no such hero',
          'exception.stacktrace': expect.stringContaining('no such hero'),
          duration_ms: expect.any(Number),
        },
        context: ended?.context,
      },
    ])
    expect(messages()).toEqual([['error', 'no such hero']])
    expect(units.at(-1)).toMatchObject({ kind: 'connection', outcome: 'ok' })
  })

  it('writes one too when the stream of a handler fails', async () => {
    const client = await open()
    expect(await client.ask('broken stream')).toMatchObject({ data: { message: 'Internal server error' } })
    await capture.until('ws_error')
    expect(messages()).toEqual([['error', 'stream broke']])
  })

  it('fails nothing when a filter of the application took the error', async () => {
    const client = await open()
    expect(await client.ask('handled')).toBe('handled')
    await client.close()
    await capture.until('ws_disconnected')
    expect(messages()).toEqual([['ok', undefined]])
  })

  it('keeps a message open until its answer is complete', async () => {
    const client = await open()
    client.socket.send('{"event":"stream"}')
    for (const data of [0, 1, 2]) expect(await client.next()).toBe(JSON.stringify({ event: 'tick', data }))
    await client.close()
    await capture.until('ws_disconnected')
    const [connected] = capture.named('ws_connected')
    expect(capture.named('tick').map(({ context }) => context['ws.conn_id'])).toEqual(
      Array.from({ length: 3 }, () => connected?.context['ws.conn_id']),
    )
    expect(messages()).toEqual([['ok', undefined]])
  })

  it('ends a message whose answer never completes with its connection', async () => {
    const client = await open()
    await client.ask('endless')
    expect(messages()).toEqual([])
    await client.close()
    await capture.until('ws_disconnected')
    expect(units.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['message', 'ok'],
      ['connection', 'ok'],
    ])
  })

  it.each(['{"event":"unknown"}', 'not JSON', '{"event":"nothing"}', 'null'])(
    'ends the message %s',
    async (text) => {
      const client = await open()
      client.socket.send(text)
      expect(await client.ask('handled')).toBe('handled')
      await client.close()
      await capture.until('ws_disconnected')
      expect(messages()).toEqual([
        ['ok', undefined],
        ['ok', undefined],
      ])
    },
  )

  it('matches a literal path first, then the one with fewer parameters', async () => {
    const literal = await open('/ws/tournaments/7/draft/current')
    expect(await literal.ask('who')).toEqual({ event: 'literal' })
    const fewer = await open('/ws/tournaments/7/draft/latest?token=1')
    expect(await fewer.ask('who')).toEqual({ event: 'fewer' })
    const second = await open('/ws/rooms/8')
    expect(await second.ask('second')).toEqual({ event: 'second' })
  })

  it.each(['/', '/ws', '/ws/tournaments/5/draft', '/ws/tournaments/5/draft/9/x', '/ws/tournaments//draft/9'])(
    'hangs up on %s, which nobody serves',
    async (path) => {
      const client = new Client(urlOf(app) + path)
      const error = await new Promise<Error>((resolve) => {
        client.socket.on('error', resolve)
      })
      expect(error.message).toBe('socket hang up')
      expect(capture.lines).toEqual([])
    },
  )
})

describe('TelemetryWsAdapter', () => {
  let capture: Capture
  let app: INestApplication | undefined

  beforeEach(() => {
    capture = new Capture()
  })

  afterEach(async () => {
    await app?.close()
    app = undefined
    capture.stop()
  })

  it('serves paths with parameters on a port of the gateway', async () => {
    const port = await freePort()
    class PortGateway {
      who(): object {
        log.info('asked')
        return { event: 'port' }
      }
    }
    const who = Object.getOwnPropertyDescriptor(PortGateway.prototype, 'who') as PropertyDescriptor
    SubscribeMessage('who')(PortGateway.prototype, 'who', who)
    WebSocketGateway(port, { path: '/rooms/{room}' })(PortGateway)
    app = await startApp([PortGateway], ours())
    const client = await Client.open(`ws://127.0.0.1:${port}/rooms/a`)
    expect(await client.ask('who')).toEqual({ event: 'port' })
    await client.close()
    const [ended] = await capture.until('ws_disconnected')
    expect(capture.named('asked')[0]?.context).toEqual(ended?.context)
  })

  it('gives gateways of request scope the context of the message', async () => {
    app = await startApp([PerSocket, ScopedGateway], ours())
    const client = await Client.open(`${urlOf(app)}/scoped/1`)
    expect(await client.ask('who')).toEqual({ event: 'scoped' })
    expect(await client.ask('fail')).toMatchObject({ event: 'exception' })
    await client.close()
    const [ended] = await capture.until('ws_disconnected')
    for (const event of [
      'scoped_connected',
      'scoped_handler',
      'scoped_provider',
      'ws_error',
      'scoped_left',
    ]) {
      expect([event, capture.named(event)[0]?.context]).toEqual([event, ended?.context])
    }
  })

  it('keeps the messageParser', async () => {
    const messageParser = (data: unknown): { event: string; data: unknown } => {
      const [event, value] = String(data).split(' ')
      return { event: event as string, data: value }
    }
    app = await startApp([DraftGateway], ours({ messageParser }))
    const client = await Client.open(`${urlOf(app)}/ws/tournaments/5/draft/9`)
    client.socket.send('pick axe')
    expect(await client.next()).toBe('"sent by hand"')
    expect(await client.next()).toBe('{"event":"picked","data":"axe"}')
  })

  it('closes with the application, its listener taken off the server', async () => {
    const server = createServer().listen(0)
    await listening(server)
    const adapter = new TelemetryWsAdapter(server)
    const gateway = adapter.create(0, { path: '/rooms/{room}' }) as { close(): void }
    expect(server.listenerCount('upgrade')).toBe(1)
    gateway.close()
    await adapter.dispose()
    expect(server.listenerCount('upgrade')).toBe(0)
    server.close()
  })

  it('refuses options that cannot be used where it is made', () => {
    expect(() => new TelemetryWsAdapter(undefined, { trust: ['nowhere'] })).toThrow(TypeError)
  })

  it('refuses a path that cannot be matched when the application starts', async () => {
    const server = createServer()
    const adapter = new TelemetryWsAdapter(server)
    expect(() => adapter.create(0, { path: '/{a}{b}' }) as unknown).toThrow('THROUGHLINE_WS_GATEWAY_PATH')
    await adapter.dispose()
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  const port = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}
