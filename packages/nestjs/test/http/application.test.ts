import { EventEmitter } from 'node:events'
import {
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  ForbiddenException,
  Get,
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
import multipart from '@fastify/multipart'
import { describe, expect, it } from '@jest/globals'
import { platforms, withApp } from '../support/applications.js'
import { call } from '../support/client.js'
import { comparable } from '../support/records.js'
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

describe.each(platforms)('an application on $platform', ({ platform }) => {
  it('keeps the context through a file upload', async () => {
    const controllers = [platform === 'express' ? ExpressUpload : FastifyUpload]
    await withApp(
      platform,
      {
        controllers,
        async prepare(app) {
          if (platform === 'fastify') await (app as unknown as { register(plugin: unknown): Promise<void> }).register(multipart)
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
    await withApp(platform, { controllers: [BodyEvents], nest: { bodyParser: false }, async prepare(app) {
      if (platform === 'fastify') {
        const instance = app.getHttpAdapter().getInstance<{ removeAllContentTypeParsers(): void; addContentTypeParser(type: string, parser: (request: unknown, payload: unknown, done: (error: null) => void) => void): void }>()
        instance.removeAllContentTypeParsers()
        instance.addContentTypeParser('*', (_request, _payload, done) => done(null))
      }
    } }, async ({ port, records }) => {
      const { requestId } = await call(port, '/body', { method: 'POST', body: 'x'.repeat(10), headers: { 'content-type': 'text/plain' } })
      await records.completion(requestId)

      expect(records.of(requestId).map(({ event }) => event)).toEqual(['body_data', 'body_end', 'request_completed'])
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

      expect(records.of(requestId).map(({ event }) => event)).toEqual(['piped', 'mapped', 'request_completed'])
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
      catch(error: Error, host: { getArgByIndex(index: number): { status(code: number): { send(body: string): void } } }): void {
        log.info('filtered')
        host.getArgByIndex(1).status(error instanceof ForbiddenException ? 403 : 503).send(error.message)
      }
    }
    @Module({ controllers: [OrdersController], providers: [{ provide: APP_GUARD, useClass: Guard }, { provide: APP_FILTER, useClass: Filter }] })
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

  it('runs a request hook of the application\'s inside the context, whenever it is set', async () => {
    await withApp(
      platform,
      {
        controllers: [OrdersController],
        prepare(app) {
          const adapter = app.getHttpAdapter() as unknown as { setOnRequestHook(hook: (request: unknown, response: unknown, done: Next) => void): void }
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

  it('replays the lines of a request that fails, and not those of one that does not', async () => {
    const setup = { controllers: [OrdersController], telemetry: { log: { recorder: {} } } }
    const written: string[] = []
    await withApp(platform, { ...setup }, async ({ port, records }) => {
      const { requestId } = await call(port, '/orders/guarded', { headers: { user: '{"id":1}' } })
      written.push(...records.of(requestId).map(({ event }) => event))
      const line = await records.completion(requestId)

      expect(comparable(line)).toMatchObject({ context: { 'request.id': requestId, 'user.id': 1 } })
    })
  })
})

describe('fastify', () => {
  it('has the header and the line for inject(), which has no connection', async () => {
    await withApp('fastify', { controllers: [OrdersController] }, async ({ app, records }) => {
      const instance = app.getHttpAdapter().getInstance<{ inject(path: string): Promise<{ headers: Record<string, string> }> }>()
      const { headers } = await instance.inject('/orders/ok/1')
      const { attributes } = await records.completion(String(headers['x-request-id']))

      expect(attributes).toMatchObject({ 'http.route': '/orders/ok/{id}', 'http.response.status_code': 200 })
    })
  })

  it('refuses a malformed URL before any hook: no header, no line', async () => {
    await withApp('fastify', { controllers: [OrdersController] }, async ({ port, records }) => {
      const { status, headers } = await call(port, '/orders/%')

      expect([status, headers['x-request-id'], records.completions.length]).toEqual([400, undefined, 0])
    })
  })
})
