import { APP_GUARD } from '@nestjs/core'
import { describe, expect, it } from '@jest/globals'
import { platforms, withApp } from '../support/nest.js'
import { ADA, as, ShopController, UserGuard } from '../support/shop.js'
import { type Case, conformance } from '../conformance/cases.js'

interface Expected {
  status?: number
  captured?: number
  captured_error?: { name: string; message: string }
  properties?: object
}

interface Exception {
  type: string
  value: string
}

const prefixed = {
  prepare: (app: { setGlobalPrefix(prefix: string): unknown }) => void app.setGlobalPrefix('api'),
}

describe.each(platforms)('debug-throw on $platform', ({ platform }) => {
  it.each(conformance('debug-throw'))('%s', async (_id, { env, input, expected }: Case) => {
    const wanted = expected as Expected
    const providers = [{ provide: APP_GUARD, useClass: UserGuard }]
    await withApp(platform, { env, providers, ...prefixed }, async ({ get, events }) => {
      const { path } = input as { path: string }
      const { status } = await get(path, as(ADA))
      if (wanted.status !== undefined) expect(status).toBe(wanted.status)
      const arrived = await events()

      expect(arrived).toHaveLength(wanted.captured ?? 1)
      if (wanted.captured_error !== undefined) {
        const { name: type, message: value } = wanted.captured_error
        const [exception] = (arrived[0]?.properties['$exception_list'] ?? []) as unknown as Exception[]
        expect(exception).toMatchObject({ type, value })
      }
      if (wanted.properties !== undefined) expect(arrived[0]?.properties).toMatchObject(wanted.properties)
    })
  })

  it('is a 404 before anybody asks who it is from, and the same one as of any other path', async () => {
    const providers = [{ provide: APP_GUARD, useClass: UserGuard }]
    await withApp(platform, { providers, controllers: [ShopController] }, async ({ get }) => {
      const closed = await get('/debug/throw', { headers: { reject: '1' } })
      const unknown = await get('/debug/thrown', { headers: { reject: '1' } })

      expect([closed.status, unknown.status]).toEqual([404, 404])
      expect(closed.text.replace('/debug/throw', '')).toBe(unknown.text.replace('/debug/thrown', ''))
      expect((await get('/json', { headers: { reject: '1' } })).status).toBe(403)
    })
  })

  it('asks who it is from while it is open', async () => {
    const providers = [{ provide: APP_GUARD, useClass: UserGuard }]
    await withApp(platform, { env: { DEBUG: '1' }, providers }, async ({ get, events }) => {
      expect((await get('/debug/throw', { headers: { reject: '1' } })).status).toBe(403)
      expect(await events()).toEqual([])
    })
  })

  it('throws only what it knows, and no more of a message than is needed', async () => {
    await withApp(platform, { env: { DEBUG: 'yes' } }, async ({ get, events }) => {
      await get(`/debug/throw?kind=constructor&msg=${'x'.repeat(1_000)}`)
      await get('/debug/throw?kind=Process&kind=Error&msg[a]=b')
      const exceptions = (await events()).map(
        ({ properties }) => (properties['$exception_list'] as unknown as [Exception])[0],
      )

      expect(exceptions.map(({ type, value }) => [type, value.length])).toEqual([
        ['Error', 200],
        ['Error', 'intentional debug throw'.length],
      ])
    })
  })

  it('can be elsewhere, and not at all', async () => {
    const env = { DEBUG: '1' }
    await withApp(platform, { env, posthog: { debugRoute: 'ops/fail' } }, async ({ get }) => {
      expect([(await get('/ops/fail')).status, (await get('/debug/throw')).status]).toEqual([500, 404])
    })
    await withApp(platform, { env, posthog: { debugRoute: false } }, async ({ get }) => {
      expect((await get('/debug/throw')).status).toBe(404)
    })
  })
})
