import { describe, expect, it } from '@jest/globals'
import { asset } from '../support/posthog/assets.js'
import type { Routes } from '../support/site/content.js'
import { pageRoute } from '../support/site/content.js'
import { PLATFORMS } from '../support/site/site.js'
import { withStage } from '../support/stage.js'

const ARRAY = String(asset('/static/array.js'))

/** A page that loads scripts of the application first. */
function routesWith(scripts: Record<string, () => string>): Routes {
  const tags = Object.keys(scripts).map((path) => `<script src="${path}"></script>`)
  const served = Object.entries(scripts).map(
    ([path, text]) =>
      [path, () => ({ headers: { 'content-type': 'text/javascript' }, body: text() })] as const,
  )
  return { '/shop': pageRoute('<h1>Shop</h1>', tags.join('')), ...Object.fromEntries(served) }
}

describe.each(PLATFORMS)('a page on %s that has PostHog already', (platform) => {
  it('keeps its own, which is the only one that tells of the view', async () => {
    let host = ''
    const own = (): string => `posthog.init('phc_own', { api_host: '${host}', defaults: '2026-01-30' })`
    const routes = routesWith({ '/array.js': () => ARRAY, '/own.js': own })
    await withStage({ platform, routes }, async ({ site, posthog, visitor }) => {
      host = posthog.url
      await visitor.page.goto(site.url('/shop'))
      await posthog.until('$pageview')
      await visitor.leave()
      await posthog.until('$pageleave')

      expect(new Set(posthog.events.map(({ properties }) => properties['token']))).toEqual(
        new Set(['phc_own']),
      )
      expect(posthog.named('$pageview')).toHaveLength(1)
      expect(posthog.requests.map(({ path }) => path)).not.toContain('/static/array.js')
      expect(visitor.errors).toEqual([])
    })
  })

  it('has it started by the script when nobody else has', async () => {
    const routes = routesWith({ '/array.js': () => ARRAY })
    await withStage({ platform, routes }, async ({ site, posthog, visitor }) => {
      await visitor.page.goto(site.url('/shop'))
      const [view] = await posthog.until('$pageview')
      expect(view?.properties).toMatchObject({ token: 'phc_suite', environment: 'unknown' })
      expect(posthog.requests.map(({ path }) => path)).not.toContain('/static/array.js')
    })
  })
})
