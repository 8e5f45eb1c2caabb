import { describe, expect, it } from '@jest/globals'
import { recording } from '../support/posthog/recording.js'
import { pageRoute } from '../support/site/content.js'
import { PLATFORMS } from '../support/site/site.js'
import { withStage } from '../support/stage.js'

/** What is typed, and what a page has in its fields from the beginning. */
const SEEDS = {
  text: 'SEED-typed-into-a-text',
  password: 'SEED-typed-into-a-password',
  textarea: 'SEED-typed-into-a-textarea',
  email: 'SEED-typed@example.com',
  value: 'SEED-value-of-the-page',
  hidden: 'SEED-hidden-in-the-page',
}

const FORM = `<form onsubmit="return false">
  <input id="text"><input id="password" type="password"><textarea id="textarea"></textarea>
  <input id="email" type="email"><input id="value" value="${SEEDS.value}">
  <input type="hidden" value="${SEEDS.hidden}"><button>Send</button>
</form>
<p>Plain text</p><p class="invoice">SEED-invoice-7</p><p class="ph-mask">SEED-by-class</p>
<p class="ph-no-capture">SEED-left-out</p>`

const routes = { '/form': pageRoute(FORM) }

describe.each(PLATFORMS)('a recording on %s', (platform) => {
  it('has nothing of what is typed, nor of what fields hold', async () => {
    const env = { POSTHOG_REPLAY: 'true' }
    await withStage({ platform, routes, env }, async ({ site, posthog, visitor }) => {
      const { page } = visitor
      await page.goto(site.url('/form'))
      await recording(page)
      for (const field of ['text', 'password', 'textarea', 'email'] as const) {
        await page.locator(`#${field}`).pressSequentially(SEEDS[field])
      }
      await page.click('button')
      const masked = '*'.repeat(SEEDS.email.length)
      const recorded = (): string => JSON.stringify(posthog.snapshots)
      await posthog.when('the recording of the last field', () => recorded().includes(`"${masked}"`))
      await visitor.leave()
      await posthog.until('$pageleave')

      // Otherwise nothing of the seeds would be no wonder.
      expect(recorded()).toContain('Plain text')
      for (const seed of Object.values(SEEDS)) expect(posthog.everything).not.toContain(seed)
    })
  })
})

describe('a recording', () => {
  it('masks what the selector and the classes of PostHog say', async () => {
    const env = { POSTHOG_REPLAY: 'true', POSTHOG_REPLAY_MASK_SELECTOR: '.invoice' }
    await withStage({ routes, env }, async ({ site, posthog, visitor }) => {
      await visitor.page.goto(site.url('/form'))
      await posthog.until('$pageview')
      await visitor.page.click('button')
      await posthog.until('$snapshot')
      expect(JSON.stringify(posthog.snapshots)).toContain('Plain text')
      for (const seed of ['SEED-invoice-7', 'SEED-by-class', 'SEED-left-out']) {
        expect(posthog.everything).not.toContain(seed)
      }
    })
  })

  it('is not made while POSTHOG_REPLAY is false', async () => {
    await withStage({ routes, env: { POSTHOG_REPLAY: 'false' } }, async ({ site, posthog, visitor }) => {
      await visitor.page.goto(site.url('/form'))
      await posthog.until('$pageview')
      await visitor.page.click('button')
      await visitor.leave()
      await posthog.until('$pageleave')
      const paths = posthog.requests.map(({ path }) => path)
      expect(paths.filter((path) => path === '/s/' || path.includes('recorder'))).toEqual([])
    })
  })
})
