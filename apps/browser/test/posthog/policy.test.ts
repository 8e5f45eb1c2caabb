import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { HTML, page } from '../support/site/content.js'
import { PLATFORMS } from '../support/site/site.js'
import { withStage } from '../support/stage.js'

/** Policies by what they say of scripts; the host is PostHog's. */
const POLICIES: [string, (nonce: string, host: string) => string][] = [
  ['a nonce and the host', (nonce, host) => `'nonce-${nonce}' ${host}`],
  ['a nonce alone', (nonce) => `'nonce-${nonce}'`],
  ['a nonce and strict-dynamic', (nonce) => `'nonce-${nonce}' 'strict-dynamic'`],
]

const CASES = PLATFORMS.flatMap((platform) =>
  POLICIES.map(([name, scripts]) => ({ platform, name, scripts })),
)

describe('the script under a Content-Security-Policy', () => {
  it.each(CASES)('runs with $name on $platform, and nothing is refused', async ({ platform, scripts }) => {
    let host = ''
    const route = (): { headers: Record<string, string>; body: string } => {
      const nonce = randomBytes(16).toString('base64')
      const policy = `default-src 'none'; script-src ${scripts(nonce, host)}; connect-src ${host}; worker-src blob:`
      const script = `<script nonce="${nonce}">document.querySelector('button').onclick = () => { throw new Error('x') }</script>`
      const body = page(`<button>Buy</button><input id="note">${script}`)
      return { headers: { ...HTML, 'content-security-policy': policy }, body }
    }
    const setup = { platform, routes: { '/shop': route }, env: { POSTHOG_REPLAY: 'true' } }
    await withStage(setup, async ({ site, posthog, visitor }) => {
      host = posthog.url
      await visitor.page.goto(site.url('/shop'))
      await posthog.until('$pageview')
      await visitor.page.waitForFunction(() => typeof window.onerror === 'function')
      await visitor.page.click('button')
      await visitor.page.fill('#note', 'quickly')
      await posthog.until('$exception')
      await posthog.until('$snapshot')
      await visitor.leave()
      expect(visitor.violations).toEqual([])
      expect(visitor.logged('error').filter((text) => text.includes('Security Policy'))).toEqual([])
    })
  })

  it('is refused where the nonce is not that of the page, which the suite would see', async () => {
    const route = () => ({
      headers: { ...HTML, 'content-security-policy': `script-src 'nonce-other'` },
      body: page('<h1>Shop</h1>'),
    })
    const options = { nonce: () => 'wrong' }
    await withStage({ routes: { '/shop': route }, options }, async ({ site, posthog, visitor }) => {
      await visitor.page.goto(site.url('/shop'))
      expect(visitor.violations.map(({ directive }) => directive)).toEqual(['script-src-elem'])
      expect(posthog.requests).toEqual([])
    })
  })
})
