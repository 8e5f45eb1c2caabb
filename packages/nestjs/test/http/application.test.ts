import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect, constants } from 'node:http2'
import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  ForbiddenException,
  Injectable,
  type MiddlewareConsumer,
  Module,
  Post,
  Req,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common'
import { APP_FILTER, APP_GUARD } from '@nestjs/core'
import { FileInterceptor } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import multipart from '@fastify/multipart'
import { describe, expect, it } from '@jest/globals'
import { platforms, withApp } from '../support/applications.js'
import { call, openSocket } from '../support/client.js'
import { log, OrdersController } from '../support/orders.js'

type Next = (error?: unknown) => void

const BOUNDARY = '----test'
const UPLOAD = {
  method: 'POST',
  headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  body: `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n${'x'.repeat(100_000)}\r\n--${BOUNDARY}--\r\n`,
}

@Controller('upload')
class ExpressUpload {
  @Post()
  @UseInterceptors(FileInterceptor('file'))
  upload(@UploadedFile() file: { size: number }): string {
    log.info('uploaded', { size: file.size })
    return 'ok'
  }
}

@Controller('upload')
class FastifyUpload {
  @Post()
  async upload(@Req() request: { file(): Promise<{ toBuffer(): Promise<Buffer> }> }): Promise<string> {
    const file = await request.file()
    log.info('uploaded', { size: (await file.toBuffer()).length })
    return 'ok'
  }
}

@Controller('body')
class BodyEvents {
  @Post()
  read(@Req() request: { raw?: EventEmitter } & EventEmitter): Promise<string> {
    const raw = request.raw ?? request
    return new Promise((resolve) => {
      raw.on('data', () => log.info('body_data'))
      raw.on('end', () => {
        log.info('body_end')
        resolve('ok')
      })
    })
  }
}

interface ParsingFastify {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): void
}

interface InjectingFastify {
  inject(path: string): Promise<{ headers: Record<string, string> }>
}

describe.each(platforms)('an application on $platform', ({ platform }) => {
  it('keeps the context through a file upload', async () => {
    const controllers = [platform === 'express' ? ExpressUpload : FastifyUpload]
    await withApp(
      platform,
      {
        controllers,
        async prepare(app) {
          if (platform === 'fastify')
            await (app as unknown as { register(plugin: unknown): Promise<void> }).register(multipart)
        },
      },
      async ({ port, records }) => {
        const { status, requestId } = await call(port, '/upload', UPLOAD)
        await records.completion(requestId)

        expect(status).toBe(201)
        expect(records.of(requestId).map(({ event, attributes }) => [event, attributes['size']])).toEqual([
          ['uploaded', 100_000],
          ['request_completed', undefined],
        ])
      },
    )
  })

  it('keeps the context in events of the body', async () => {
    await withApp(
      platform,
      {
        controllers: [BodyEvents],
        nest: { bodyParser: false },
        async prepare(app) {
          if (platform === 'fastify') {
            const instance = app.getHttpAdapter().getInstance() as ParsingFastify
            instance.removeAllContentTypeParsers()
            instance.addContentTypeParser('*', (_request, _payload, done) => done(null))
          }
        },
      },
      async ({ port, records }) => {
        const { requestId } = await call(port, '/body', {
          method: 'POST',
          body: 'x'.repeat(10),
          headers: { 'content-type': 'text/plain' },
        })
        await records.completion(requestId)

        expect(records.of(requestId).map(({ event }) => event)).toEqual([
          'body_data',
          'body_end',
          'request_completed',
        ])
      },
    )
  })

  it('has the context in what the application does when the response is through', async () => {
    @Module({ controllers: [OrdersController] })
    class Watching {
      configure(consumer: MiddlewareConsumer): void {
        consumer
          .apply((_request: unknown, response: EventEmitter, next: Next) => {
            response.on('finish', () => log.info('finished'))
            response.on('close', () => log.info('closed'))
            next()
          })
          .forRoutes('*path')
      }
    }
    await withApp(platform, { imports: [Watching] }, async ({ port, records }) => {
      const { requestId } = await call(port, '/orders/piped/1')
      await records.until(({ event, context }) => event === 'closed' && context['request.id'] === requestId)

      expect(records.of(requestId).map(({ event }) => event)).toEqual([
        'finished',
        'request_completed',
        'closed',
      ])

      const socket = await openSocket(
        port,
        'GET /orders/slow HTTP/1.1\r\nHost: test\r\nX-Request-ID: gone\r\n\r\n',
      )
      await records.until(({ event }) => event === 'slow_started')
      socket.destroy()
      await records.until(({ event, context }) => event === 'closed' && context['request.id'] === 'gone')
      await records.completion('gone')
    })
  })

  it('finds its way back when a middleware loses the context or brings another one', async () => {
    const pool = new EventEmitter()
    @Module({ controllers: [OrdersController] })
    class Losing {
      configure(consumer: MiddlewareConsumer): void {
        consumer
          .apply((_request: unknown, _response: unknown, next: Next) => {
            pool.once('free', next)
          })
          .forRoutes('*path')
      }
    }
    await withApp(platform, { imports: [Losing] }, async ({ port, records }) => {
      const pending = call(port, '/orders/intercepted')
      const timer = setInterval(() => pool.emit('free'), 5)
      const { requestId } = await pending
      clearInterval(timer)
      await records.completion(requestId)

      expect(records.of(requestId).map(({ event }) => event)).toEqual([
        'piped',
        'mapped',
        'request_completed',
      ])
    })
  })

  it('gives the error of a middleware, a global guard and a global filter', async () => {
    @Injectable()
    class Guard implements CanActivate {
      canActivate(context: { getArgByIndex(index: number): { headers: Record<string, string> } }): boolean {
        const { headers } = context.getArgByIndex(0)
        if (headers['fail'] === 'guard') throw new Error('the guard failed')
        if (headers['fail'] === 'forbidden') throw new ForbiddenException()
        return true
      }
    }
    @Catch()
    class Filter implements ExceptionFilter {
      catch(error: Error, host: ArgumentsHost): void {
        log.info('filtered')
        // Middleware on Fastify has Node's own response.
        const response = host.getArgByIndex<{ raw?: ServerResponse } & ServerResponse>(1)
        const raw = response.raw ?? response
        raw.statusCode = error instanceof ForbiddenException ? 403 : 503
        raw.end(error.message)
      }
    }
    @Module({
      controllers: [OrdersController],
      providers: [
        { provide: APP_GUARD, useClass: Guard },
        { provide: APP_FILTER, useClass: Filter },
      ],
    })
    class AppModule {
      configure(consumer: MiddlewareConsumer): void {
        consumer
          .apply((request: { headers: Record<string, string> }, _response: unknown, next: Next) => {
            if (request.headers['fail'] === 'middleware') throw new Error('the middleware failed')
            next()
          })
          .forRoutes('*path')
      }
    }
    await withApp(platform, { imports: [AppModule] }, async ({ port, records }) => {
      const seen: unknown[] = []
      for (const fail of ['middleware', 'guard', 'forbidden']) {
        const { status, requestId, body } = await call(port, '/orders/ok/1', { headers: { fail } })
        const { event, attributes } = await records.completion(requestId)
        seen.push([fail, status, body, event, attributes['exception.message']])
        expect(records.of(requestId)[0]?.event).toBe('filtered')
      }

      expect(seen).toEqual([
        ['middleware', 503, 'the middleware failed', 'request_failed', 'the middleware failed'],
        ['guard', 503, 'the guard failed', 'request_failed', 'the guard failed'],
        ['forbidden', 403, 'Forbidden', 'request_completed', undefined],
      ])
    })
  })

  it("runs a request hook of the application's inside the context, whenever it is set", async () => {
    await withApp(
      platform,
      {
        controllers: [OrdersController],
        prepare(app) {
          const adapter = app.getHttpAdapter() as unknown as {
            setOnRequestHook(hook: (request: unknown, response: unknown, done: Next) => void): void
          }
          adapter.setOnRequestHook((_request, _response, done) => {
            log.info('hooked')
            done()
          })
        },
      },
      async ({ port, records }) => {
        const { requestId } = await call(port, '/orders/piped/1')
        await records.completion(requestId)

        expect(records.of(requestId).map(({ event }) => event)).toEqual(['hooked', 'request_completed'])
      },
    )
  })
})

describe('fastify', () => {
  it('has the header and the line for inject(), which has no connection', async () => {
    // It requires an ES module, which Jest can do from Node 24 on.
    if (Number(process.versions.node.split('.')[0]) < 24) return
    await withApp('fastify', { controllers: [OrdersController] }, async ({ app, records }) => {
      const instance = app.getHttpAdapter().getInstance() as InjectingFastify
      const { headers } = await instance.inject('/orders/ok/1')
      const { attributes } = await records.completion(String(headers['x-request-id']))

      expect(attributes).toMatchObject({ 'http.route': '/orders/ok/{id}', 'http.response.status_code': 200 })
    })
  })

  it('has the header and the line over HTTP/2, for a client that leaves too', async () => {
    const adapter = new FastifyAdapter({ http2: true } as never)
    await withApp('fastify', { controllers: [OrdersController], adapter }, async ({ port, records }) => {
      const session = connect(`http://127.0.0.1:${port}`)
      const answered = session.request({ ':path': '/orders/ok/1', 'x-request-id': 'h2-answered' })
      const [headers] = (await once(answered, 'response')) as [Record<string, string>]
      answered.resume()
      const left = session.request({ ':path': '/orders/slow', 'x-request-id': 'h2-left' })
      left.on('error', () => undefined)
      await records.until(({ event }) => event === 'slow_started')
      left.close(constants.NGHTTP2_CANCEL)
      const lines = [await records.completion('h2-answered'), await records.completion('h2-left')]
      session.close()

      expect(headers['x-request-id']).toBe('h2-answered')
      expect(
        lines.map(({ attributes }) => [attributes['http.response.status_code'], attributes['http.aborted']]),
      ).toEqual([
        [200, undefined],
        [undefined, true],
      ])
    })
  })

  it('refuses a malformed URL before any hook: no header, no line', async () => {
    await withApp('fastify', { controllers: [OrdersController] }, async ({ port, records }) => {
      const { status, headers } = await call(port, '/orders/%')

      expect([status, headers['x-request-id'], records.completions.length]).toEqual([400, undefined, 0])
    })
  })
})
