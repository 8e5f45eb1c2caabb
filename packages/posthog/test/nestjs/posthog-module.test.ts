import { gunzipSync } from 'node:zlib'
import compression from 'compression'
import compress from '@fastify/compress'
import { Controller, Get, type INestApplication, Inject, Module } from '@nestjs/common'
import { APP_GUARD, NestFactory } from '@nestjs/core'
import { describe, expect, it } from '@jest/globals'
import { getPosthog } from '../../src/client/get-posthog.js'
import { InjectPosthog, POSTHOG, PosthogModule, RequireFlag } from '../../src/nestjs/index.js'
import type { Posthog } from '../../src/posthog.js'
import type { ArrivedEvent } from '../support/fake-posthog.js'
import { type Platform, platforms, withApp } from '../support/nest.js'
import { Lines } from '../support/lines.js'
import { ADA, as, PAGE, ShopController, UserGuard } from '../support/shop.js'

const shop = { controllers: [ShopController], providers: [{ provide: APP_GUARD, useClass: UserGuard }] }

/** What tells an exception's event apart, besides its stack. */
function told({ event, distinct_id, properties }: ArrivedEvent): Record<string, unknown> {
  const { $exception_list: list, 'request.id': requestId, ...rest } = properties as Record<string, unknown>
  const [{ type, value }] = list as [{ type: string; value: string }]
  const { component, path, method, route, user_id, user_email, user_name, step } = rest
  return {
    event,
    distinct_id,
    type,
    value,
    requestId,
    component,
    path,
    method,
    route,
    user_id,
    user_email,
    user_name,
    step,
  }
}

function byPath(one: { path?: unknown }, other: { path?: unknown }): number {
  return String(one.path).localeCompare(String(other.path))
}

async function compressing(platform: Platform, app: INestApplication): Promise<void> {
  if (platform === 'express') app.use(compression({ threshold: 0 }))
  else
    await (app as unknown as { register(plugin: unknown, options: object): Promise<void> }).register(
      compress,
      { threshold: 0 },
    )
}

describe.each(platforms)('PosthogModule on $platform', ({ platform }) => {
  it('captures what becomes a 5xx, once each, with request, user and id of the log', async () => {
    await withApp(platform, shop, async ({ get, events }) => {
      const { headers } = await get('/orders/7?token=s3cret', as(ADA))
      await get('/gateway', { headers: { 'x-request-id': 'r-2' } })
      await get('/explicit', { headers: { 'x-request-id': 'r-3', ...as({ id: 7 }).headers } })
      await get('/nested', { headers: { 'x-request-id': 'r-4' } })
      await get('/text', { headers: { 'x-request-id': 'r-5' } })
      const user = { user_id: 'u-42', user_email: 'ada@example.com' }
      const nobody = { distinct_id: 'anonymous' }
      const common = { event: '$exception', method: 'GET', component: 'http' }

      // An exception is sent when its stack is read: in any order.
      expect((await events()).map(told).toSorted(byPath)).toEqual(
        [
          {
            ...common,
            ...user,
            distinct_id: 'u-42',
            type: 'TypeError',
            value: 'order 7 is broken',
            requestId: headers['x-request-id'],
            path: '/orders/7',
            route: '/orders/{id}',
          },
          {
            ...common,
            ...nobody,
            type: 'BadGatewayException',
            value: 'upstream is away',
            requestId: 'r-2',
            path: '/gateway',
            route: '/gateway',
          },
          // By the caller, with the caller's properties.
          {
            event: '$exception',
            method: 'GET',
            distinct_id: '7',
            user_id: '7',
            type: 'RangeError',
            value: 'seen twice',
            requestId: 'r-3',
            path: '/explicit',
            step: 'handler',
          },
          // By the unit that it happened in first.
          {
            ...common,
            ...nobody,
            component: 'task',
            type: 'RangeError',
            value: 'no stock',
            requestId: 'r-4',
            path: '/nested',
          },
          {
            ...common,
            ...nobody,
            type: 'string',
            value: 'just text',
            requestId: 'r-5',
            path: '/text',
            route: '/text',
          },
        ].toSorted(byPath),
      )
    })
  })

  it('leaves out what is an answer: below 500, unknown paths, refusals', async () => {
    await withApp(platform, shop, async ({ get, events }) => {
      const statuses = []
      for (const path of ['/missing', '/refused', '/nowhere', '/json']) {
        statuses.push((await get(path, { headers: path === '/json' ? { reject: '1' } : {} })).status)
      }
      expect(statuses).toEqual([404, 400, 404, 403])
      expect(await events()).toEqual([])
    })
  })

  it('captures nothing by itself with captureUnits false', async () => {
    await withApp(platform, { ...shop, posthog: { captureUnits: false } }, async ({ get, events }) => {
      await get('/orders/7')
      await get('/explicit')
      expect((await events()).map(told)).toMatchObject([{ value: 'seen twice' }])
    })
  })

  it('puts the script into pages, and leaves anything else as it is', async () => {
    await withApp(platform, shop, async ({ get }) => {
      const page = await get('/page', { headers: { 'x-request-id': 'page-1', ...as(ADA).headers } })
      const plain = PAGE.split('</head>')
      const script = page.text.slice((plain[0] ?? '').length, -'</head>'.length - (plain[1] ?? '').length)

      expect(page.text).toBe(`${plain[0]}${script}</head>${plain[1]}`)
      expect(script).toMatch(/^<script>.*<\/script>$/s)
      expect(script).toContain('"u-42"')
      expect(script).toContain('"request.id":"page-1"')
      expect(page.headers['content-length']).toBe(String(page.body.length))
      expect((await get('/page-by-reply')).text).toContain('posthog.init(')
      expect((await get('/json')).text).toBe(JSON.stringify({ html: PAGE }))
    })
  })

  it('says nothing of anybody in a page that a cache may hand on', async () => {
    await withApp(platform, shop, async ({ get }) => {
      const { text } = await get('/cached-page', {
        headers: { 'x-request-id': 'page-1', ...as(ADA).headers },
      })
      expect(text).toContain('posthog.init(')
      expect(text).not.toMatch(/u-42|ada@|page-1/)
    })
  })

  it('sees pages before they are compressed', async () => {
    const setup = { ...shop, prepare: (app: INestApplication) => compressing(platform, app) }
    await withApp(platform, setup, async ({ get }) => {
      const page = await get('/page', { headers: { 'accept-encoding': 'gzip' } })
      expect(page.headers['content-encoding']).toBe('gzip')
      expect(gunzipSync(page.body).toString()).toContain('posthog.init(')
    })
  })

  it('leaves pages alone with inject false, and still knows the user of an error', async () => {
    await withApp(platform, { ...shop, posthog: { inject: false } }, async ({ get, events }) => {
      expect((await get('/page')).text).toBe(PAGE)
      await get('/orders/1', as(ADA))
      expect((await events()).map(told)).toMatchObject([{ user_email: 'ada@example.com' }])
    })
  })

  it('finds the user where it is told to, for errors and for pages', async () => {
    const user = (request: unknown): unknown => {
      const { headers } = request as { headers: Record<string, string> }
      return { id: headers['tenant'], email: 'ops@tenant.example' }
    }
    await withApp(platform, { ...shop, posthog: { user } }, async ({ get, events }) => {
      await get('/orders/1', { headers: { tenant: 't-1' } })
      expect((await get('/page', { headers: { tenant: 't-1' } })).text).toContain('"t-1"')
      expect((await events()).map(told)).toMatchObject([
        { distinct_id: 't-1', user_email: 'ops@tenant.example' },
      ])
    })
  })

  it('ties events to the request, and to the recording of the browser that sent it', async () => {
    const session = '0194e8b2-6f9e-7c3a-9b1d-2f4a5b6c7d8e'
    await withApp(platform, shop, async ({ get, events }) => {
      await get('/event', { headers: { 'x-request-id': 'r-1', ...as(ADA).headers } })
      await get('/orders/1', { headers: { 'x-posthog-session-id': session } })
      await get('/orders/2', { headers: { 'x-posthog-session-id': '<script>' } })
      const arrived = await events()
      const placed = arrived.find(({ event }) => event === 'order_placed')
      const [error, odd] = arrived
        .filter(({ event }) => event === '$exception')
        .toSorted(({ properties: { path: one } }, { properties: { path: other } }) =>
          String(one).localeCompare(String(other)),
        )

      expect(placed).toMatchObject({ event: 'order_placed', distinct_id: 'u-42' })
      expect(placed?.properties).toMatchObject({ total: 42, 'request.id': 'r-1', environment: 'unknown' })
      expect(error?.properties['$session_id']).toBe(session)
      expect(odd?.properties).not.toHaveProperty(['$session_id'])
    })
  })

  it('injects PostHog, and gates routes by flags', async () => {
    @Controller('lobby')
    class LobbyController {
      constructor(
        @InjectPosthog() private readonly posthog: Posthog,
        @Inject(POSTHOG) private readonly same: Posthog,
      ) {}

      @Get()
      @RequireFlag('new-lobby')
      lobby(): string {
        return String(this.posthog === this.same && this.posthog === getPosthog())
      }
    }
    await withApp(platform, { ...shop, controllers: [LobbyController] }, async ({ get, server }) => {
      expect((await get('/lobby', as(ADA))).status).toBe(404)
      server.flags = { 'new-lobby': true }
      expect(await get('/lobby', as(ADA))).toMatchObject({ status: 200, text: 'true' })
      const asked = server.requests.filter(({ path }) => path.startsWith('/flags'))
      expect(asked.map(({ text }) => (JSON.parse(text) as { distinct_id: string }).distinct_id)).toEqual([
        'u-42',
        'u-42',
      ])
    })
  })

  it('gates by the id of whom the options say that a request is from', async () => {
    @Controller('lobby')
    class LobbyController {
      @Get()
      @RequireFlag('new-lobby')
      lobby(): string {
        return 'open'
      }
    }
    const posthog = { user: () => ({ id: 'acct-1' }) }
    await withApp(platform, { ...shop, posthog, controllers: [LobbyController] }, async ({ get, server }) => {
      server.flags = { 'new-lobby': true }
      expect((await get('/lobby', as(ADA))).status).toBe(200)
      const [asked] = server.requests.filter(({ path }) => path.startsWith('/flags'))
      expect(JSON.parse(asked?.text ?? '')).toMatchObject({ distinct_id: 'acct-1' })
    })
  })

  it('takes its options from providers', async () => {
    class Prefix {
      readonly name = 'SHOP'
    }
    @Module({ providers: [Prefix], exports: [Prefix] })
    class PrefixModule {}
    const module = (): ReturnType<typeof PosthogModule.forRootAsync> =>
      PosthogModule.forRootAsync({
        imports: [PrefixModule],
        inject: [Prefix],
        useFactory: async (prefix: Prefix) => ({ envPrefix: prefix.name }),
      })
    const env = { SHOP_VERSION: '3.2.1' }
    await withApp(platform, { ...shop, module, env }, async ({ get, events }) => {
      await get('/event')
      expect((await events())[0]?.properties).toMatchObject({ release: '3.2.1' })
    })

    class Factory {
      createPosthogOptions(): { envPrefix: string } {
        return { envPrefix: 'SHOP' }
      }
    }
    const byClass = (): ReturnType<typeof PosthogModule.forRootAsync> =>
      PosthogModule.forRootAsync({ useClass: Factory })
    await withApp(platform, { ...shop, module: byClass, env }, async ({ posthog }) => {
      expect(posthog.config.release).toBe('3.2.1')
    })
  })

  it('changes nothing while PostHog is off', async () => {
    await withApp(
      platform,
      { ...shop, env: { POSTHOG_API_KEY: undefined } },
      async ({ get, posthog, server }) => {
        expect(posthog.enabled).toBe(false)
        expect((await get('/page')).text).toBe(PAGE)
        expect((await get('/orders/1')).status).toBe(500)
        expect(server.requests).toEqual([])
      },
    )
  })
})

describe('PosthogModule', () => {
  it('refuses to be registered twice, or as it stands', async () => {
    @Module({
      imports: [PosthogModule.forRoot({ inject: false }), PosthogModule.forRoot({ captureUnits: true })],
    })
    class Twice {}
    @Module({ imports: [PosthogModule] })
    class Bare {}
    const quiet = { logger: false, abortOnError: false } as const

    await expect(NestFactory.create(Twice, quiet)).rejects.toMatchObject({
      code: 'THROUGHLINE_POSTHOG_REGISTERED_TWICE',
    })
    await expect(NestFactory.create(Bare, quiet)).rejects.toMatchObject({
      code: 'THROUGHLINE_POSTHOG_WITHOUT_FOR_ROOT',
    })
    expect(() => PosthogModule.forRootAsync({})).toThrow('useFactory')
    await getPosthog().shutdown()
  })

  it('says that the errors of requests are missing without TelemetryModule', async () => {
    const lines = new Lines()
    const before = { ...process.env }
    Object.assign(process.env, { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: 'http://posthog.invalid' })
    @Module({ imports: [PosthogModule.forRoot()] })
    class Alone {}
    const app = await NestFactory.create(Alone, { logger: false })
    try {
      await app.init()
      expect(lines.own.map(({ event }) => event)).toEqual(['posthog_without_units'])
    } finally {
      process.env = before
      await app.close()
      await getPosthog().shutdown()
      lines.stop()
    }
  })

  it('works in an application context, which has no requests', async () => {
    @Module({ imports: [PosthogModule.forRoot()] })
    class Context {}
    const context = await NestFactory.createApplicationContext(Context, { logger: false })
    expect(context.get<Posthog>(POSTHOG).enabled).toBe(false)
    await context.close()
    await getPosthog().shutdown()
  })
})
