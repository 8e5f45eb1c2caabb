import type { Server } from 'node:http'
import {
  Controller,
  Get,
  type MiddlewareConsumer,
  Module,
  Param,
  Post,
  RequestMethod,
  Version,
  VersioningType,
} from '@nestjs/common'
import { RouterModule } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { afterEach, describe, expect, it } from '@jest/globals'
import { onUnitEnd } from '@throughline/core'
import { type Platform, platforms, type Setup, withApp } from '../support/applications.js'
import { call, type Call } from '../support/client.js'
import { conformance } from '../conformance/cases.js'
import { log } from '../support/orders.js'

@Controller({ path: 'projects', version: '1' })
class ProjectsController {
  @Get(':pk')
  one(@Param('pk') pk: string): string {
    return pk
  }

  @Version('2')
  @Get(':pk')
  two(@Param('pk') pk: string): string {
    return pk
  }

  @Get(':pk/files/*')
  files(): string {
    return 'files'
  }
}

@Controller('plain')
class PlainController {
  @Get()
  all(): string {
    return 'all'
  }

  @Post(['one/:id', 'other/:id'])
  one(): string {
    return 'one'
  }
}

type Next = () => void
const middleware = (_request: unknown, _response: unknown, next: Next): void => {
  log.info('middleware')
  next()
}

@Module({ controllers: [PlainController] })
class WithMiddleware {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(middleware).forRoutes('*path')
    consumer.apply(middleware).forRoutes({ path: 'plain/only-middleware/:id', method: RequestMethod.GET })
  }
}

interface Seen {
  status: number
  name: string | undefined
  route: unknown
  own: number
}

let stop: (() => void) | undefined
afterEach(() => stop?.())

/** What is said of one request: its unit's name, its line's route, how many lines the application wrote. */
function see(platform: Platform, setup: Setup, path: string, options: Call = {}): Promise<Seen> {
  return withApp(platform, setup, async ({ port, records }) => {
    let name: string | undefined
    stop = onUnitEnd((unit) => {
      name = unit.name
    })
    const { status, requestId } = await call(port, path, options)
    const { attributes } = await records.completion(requestId)
    return { status, name, route: attributes['http.route'], own: records.own.length }
  })
}

describe.each(platforms)('http.route on $platform', ({ platform }) => {
  it.each<[string, number, string | undefined]>([
    ['/api/v1/projects/5', 200, '/api/v1/projects/{pk}'],
    ['/api/v2/projects/5', 200, '/api/v2/projects/{pk}'],
    ['/api/v3/projects/5', 404, undefined],
    ['/api/v1/projects/5/files/a/b', 200, '/api/v1/projects/{pk}/files/{path}'],
  ])('has the prefix and the version of the URI: %s', async (path, status, route) => {
    const setup: Setup = {
      controllers: [ProjectsController],
      prepare(app) {
        app.setGlobalPrefix('api')
        app.enableVersioning({ type: VersioningType.URI })
      },
    }

    expect(await see(platform, setup, path)).toEqual({
      status,
      name: route === undefined ? 'GET' : `GET ${route}`,
      route,
      own: 0,
    })
  })

  it.each<[string, number, string | undefined]>([
    ['1', 200, '/projects/{pk}'],
    ['2', 200, '/projects/{pk}'],
    ['3', 404, undefined],
  ])('is there for a version in a header: %s', async (version, status, route) => {
    const setup: Setup = {
      controllers: [ProjectsController],
      prepare: (app) => void app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }),
    }

    expect(await see(platform, setup, '/projects/5', { headers: { 'x-version': version } })).toMatchObject({
      status,
      route,
    })
  })

  it.each<[string, string, number, string | undefined]>([
    ['GET', '/plain', 200, '/plain'],
    ['POST', '/plain/one/5', 201, '/plain/one/{id}'],
    ['POST', '/plain/other/5', 201, '/plain/other/{id}'],
    ['GET', '/plain/one/5', 404, undefined],
    ['GET', '/plain/only-middleware/5', 404, undefined],
    ['GET', '/elsewhere', 404, undefined],
  ])("is a controller's, not a middleware's: %s %s", async (method, path, status, route) => {
    const seen = await see(platform, { imports: [WithMiddleware] }, path, { method })

    expect(seen).toMatchObject({ status, route, name: route === undefined ? method : `${method} ${route}` })
    expect(seen.own).toBeGreaterThan(0)
  })

  it('has the path of a router module', async () => {
    const imports = [WithMiddleware, RouterModule.register([{ path: 'admin/:area', module: WithMiddleware }])]

    expect(await see(platform, { imports }, '/admin/eu/plain')).toMatchObject({
      status: 200,
      route: '/admin/{area}/plain',
    })
  })

  it.each(conformance('route-template'))('conforms: $id', async ({ input, expected }) => {
    const route = input['route']
    const method = (input['method'] ?? 'GET').toUpperCase()
    const setup: Setup = {
      prepare(app) {
        if (typeof route !== 'string') return
        const register = method === 'POST' ? 'post' : 'get'
        app.getHttpAdapter()[register](route, (_request: unknown, response: { send(body: string): void }) => {
          response.send('ok')
        })
      },
    }
    const path = route?.replaceAll(/:\w+/g, '5') ?? String(input['path'])

    expect(await see(platform, setup, path, { method })).toMatchObject({
      route: expected['route'] ?? undefined,
      name: expected['spanName'],
    })
  })
})

describe('http.route on express', () => {
  it('has the path under which the application is mounted', async () => {
    const outer = new ExpressAdapter().getInstance<{
      use(path: string, application: unknown): void
      listen(port: number, host: string): Server
    }>()
    await withApp(
      'express',
      { controllers: [PlainController], adapter: new ExpressAdapter() },
      async ({ app, records }) => {
        outer.use('/mounted', app.getHttpAdapter().getInstance())
        const server = outer.listen(0, '127.0.0.1')
        await new Promise((resolve) => server.once('listening', resolve))
        const { port } = server.address() as { port: number }
        const { requestId } = await call(port, '/mounted/plain')
        const { attributes } = await records.completion(requestId)
        server.close()

        expect([attributes['http.route'], attributes['url.path']]).toEqual([
          '/mounted/plain',
          '/mounted/plain',
        ])
      },
    )
  })

  it('changes nothing of a response that was answered in front of Nest', async () => {
    const adapter = new ExpressAdapter()
    adapter.use((_request: unknown, response: { end(body: string): void }, next: Next) => {
      response.end('answered')
      next()
    })
    // The adapter's own hook comes first, so the answer is given on the instance it is built over.
    const outer = new ExpressAdapter(adapter.getInstance())
    await withApp('express', { controllers: [PlainController], adapter: outer }, async ({ port }) => {
      const { status, body, headers } = await call(port, '/plain')

      expect([status, body, headers['x-request-id']]).toEqual([200, 'answered', undefined])
    })
  })

  it('is there for a route of Express itself', async () => {
    const setup: Setup = {
      prepare(app) {
        const instance = app.getHttpAdapter().getInstance() as {
          get(path: string, handler: (request: unknown, response: { send(body: string): void }) => void): void
        }
        instance.get('/own/:id', (_request, response) => response.send('ok'))
      },
    }

    expect(await see('express', setup, '/own/5')).toMatchObject({ status: 200, route: '/own/{id}' })
  })
})
