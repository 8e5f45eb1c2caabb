import { describe, expect, it } from '@jest/globals'
import { pageRoute } from '../support/site/content.js'
import { type Stage, withStage } from '../support/stage.js'

const routes = {
  '/shop': pageRoute(`<button id="buy">Buy</button><script>
    document.getElementById('buy').onclick = (event) => {
      event.target.textContent = 'bought'
      window.posthog?.capture('bought')
    }
  </script>`),
}
const users = { ada: { id: 'u-42', email: 'ada@example.com' } }

/** The page does what it is for, and neither it nor its console shows anything of PostHog's troubles. */
async function expectUndisturbed({ visitor }: Stage): Promise<void> {
  const { page } = visitor
  await page.click('#buy')
  expect(await page.locator('#buy').textContent()).toBe('bought')
  await visitor.leave()
  expect(visitor.errors).toEqual([])
  // The browser tells of every request that failed, whosever it is.
  const ofTheBrowser = /^(?:Failed to load resource: |Access to )/
  expect(visitor.logged('error', 'warning').filter((text) => !ofTheBrowser.test(text))).toEqual([])
}

describe('a page whose PostHog is away', () => {
  it.each(['gone', 404, 500] as const)('works when it is %s', async (fault) => {
    await withStage({ routes, users }, async (stage) => {
      const { site, posthog, visitor } = stage
      posthog.fault = fault
      await stage.logIn('ada')
      await visitor.page.goto(site.url('/shop'))
      expect(posthog.requests.map(({ path }) => path)).toContain('/static/array.js')
      await expectUndisturbed(stage)
    })
  })

  it.each(['gone', 503] as const)('works when it is %s after the script has come', async (fault) => {
    await withStage({ routes, users, env: { POSTHOG_REPLAY: 'true' } }, async (stage) => {
      const { site, posthog, visitor } = stage
      await stage.logIn('ada')
      await visitor.page.goto(site.url('/shop'))
      await posthog.until('$pageview')
      posthog.fault = fault
      await expectUndisturbed(stage)
    })
  })

  it('works when it has never been configured, without the script', async () => {
    await withStage({ routes, users, env: { POSTHOG_API_KEY: undefined } }, async (stage) => {
      await stage.visitor.page.goto(stage.site.url('/shop'))
      expect(await stage.visitor.page.evaluate(() => 'posthog' in window)).toBe(false)
      await expectUndisturbed(stage)
      expect(stage.posthog.requests).toEqual([])
    })
  })
})
