import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { HTML, page, pageRoute } from '../support/site/content.js'
import { PLATFORMS } from '../support/site/site.js'
import { withStage } from '../support/stage.js'

const ENV = { POSTHOG_ENVIRONMENT: 'suite', APP_VERSION: '1.4.2' }
const SUPER = { environment: 'suite', release: '1.4.2' }

describe.each(PLATFORMS)('a page on %s', (platform) => {
  it('tells of its view, with the request.id of its response and of its line', async () => {
    const routes = { '/shop': pageRoute('<h1>Shop</h1>') }
    await withStage({ platform, routes, env: ENV }, async ({ site, posthog, visitor, lines }) => {
      const response = await visitor.page.goto(site.url('/shop'))
      const headers = response?.headers()
      const [view] = await posthog.until('$pageview')

      expect(headers?.['content-encoding']).toBeDefined()
      expect(view?.properties).toMatchObject({
        ...SUPER,
        'request.id': headers?.['x-request-id'],
        $current_url: site.url('/shop'),
      })
      const line = platform.startsWith('nest') ? 'request_completed' : 'page_answered'
      const ofThePage = lines.filter(({ event }) => event === line)
      expect(ofThePage[0]?.context['request.id']).toBe(headers?.['x-request-id'])
      expect(visitor.errors).toEqual([])
    })
  })

  it('has the script once, however often it is mounted', async () => {
    const routes = { '/shop': pageRoute('<h1>Shop</h1>') }
    await withStage({ platform, routes, mounted: 3 }, async ({ site, posthog, visitor }) => {
      const response = await visitor.page.goto(site.url('/shop'))
      await posthog.until('$pageview')
      await visitor.leave()
      await posthog.until('$pageleave')

      expect((await site.get('/shop')).body.toString().split('posthog.init(').length - 1).toBe(1)
      expect(response?.ok()).toBe(true)
      expect(posthog.requests.filter(({ path }) => path === '/static/array.js')).toHaveLength(1)
      expect(posthog.named('$pageview')).toHaveLength(1)
    })
  })

  it('that comes in pieces tells of its view too', async () => {
    const whole = page('<h1 id="end">Shop</h1>')
    const pieces = [whole.slice(0, 30), whole.slice(30, 60), whole.slice(60)].map((text) => Buffer.from(text))
    const routes = { '/shop': () => ({ headers: HTML, body: Readable.from(pieces, { objectMode: false }) }) }
    await withStage({ platform, routes }, async ({ site, posthog, visitor }) => {
      const response = await visitor.page.goto(site.url('/shop'))
      const [view] = await posthog.until('$pageview')
      expect(view?.properties['request.id']).toBe(response?.headers()['x-request-id'])
      expect(await visitor.page.locator('#end').textContent()).toBe('Shop')
    })
  })

  it('tells of errors and rejections that nothing caught', async () => {
    const body = `<button id="throws">a</button><button id="rejects">b</button><script>
      document.getElementById('throws').onclick = () => { throw new TypeError('the basket broke') }
      document.getElementById('rejects').onclick = () => { Promise.reject(new RangeError('no stock')) }
    </script>`
    await withStage({ platform, routes: { '/shop': pageRoute(body) }, env: ENV }, async (stage) => {
      const { site, posthog, visitor } = stage
      const response = await visitor.page.goto(site.url('/shop'))
      await visitor.page.waitForFunction(() => typeof window.onerror === 'function')
      const seen = visitor.page.waitForEvent('pageerror')
      await visitor.page.click('#throws')
      await visitor.page.click('#rejects')
      expect((await seen).message).toBe('the basket broke')
      const errors = await posthog.until('$exception', 2)

      const told = errors.map(({ properties }) => (properties['$exception_list'] as object[])[0])
      expect(told).toMatchObject([
        { type: 'TypeError', value: 'the basket broke', mechanism: { handled: false } },
        { type: 'RangeError', value: 'no stock', mechanism: { handled: false } },
      ])
      for (const { properties } of errors) {
        expect(properties).toMatchObject({ ...SUPER, 'request.id': response?.headers()['x-request-id'] })
      }
    })
  })

  it('lets what its route has begun go on after the response', async () => {
    const begun: Promise<string>[] = []
    const routes = {
      '/shop': (response: NodeJS.EventEmitter) => {
        begun.push(once(response, 'finish').then(() => setImmediate('after the response')))
        return { headers: HTML, body: page('<h1>Shop</h1>') }
      },
    }
    await withStage({ platform, routes }, async ({ site, posthog, visitor }) => {
      await visitor.page.goto(site.url('/shop'))
      expect(await Promise.all(begun)).toEqual(['after the response'])
      await posthog.until('$pageview')
    })
  })
})
