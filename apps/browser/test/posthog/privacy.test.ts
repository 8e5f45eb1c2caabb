import { describe, expect, it } from '@jest/globals'
import type { ProjectSettings } from '../support/posthog/remote-config.js'
import { recording } from '../support/posthog/recording.js'
import { found } from '../support/seeds.js'
import { pageRoute, type Routes } from '../support/site/content.js'
import { PLATFORMS } from '../support/site/site.js'
import { type Stage, type StageSetup, withStage } from '../support/stage.js'

/** What must not leave the browser, but where `docs/privacy.md` says that it does. */
const SEEDS = {
  id: 'SEED-user-id-4711',
  email: 'SEED-ada@example.com',
  name: 'SEED-Ada-Lovelace',
  address: 'SEED-Baker-Street',
  token: 'SEED-bearer-token',
  session: 'SEED-session-cookie',
  prompt: 'SEED-the-prompt',
  typed: 'SEED-typed',
  fragment: 'SEED-fragment',
  parameter: 'SEED-of-a-parameter',
}

const MASKED =
  'access_token api_key auth code email id_token key password secret session signature state token'
/** A URL with a seed in every parameter that is masked, and in its fragment. */
const QUERY = MASKED.split(' ')
  .map((name) => `${name}=${SEEDS.parameter}`)
  .join('&')
const PATH = `/account?${QUERY}&page=2#${SEEDS.fragment}`

const users = {
  [SEEDS.session]: {
    id: SEEDS.id,
    email: SEEDS.email,
    name: SEEDS.name,
    address: SEEDS.address,
    token: SEEDS.token,
  },
}

const routes: Routes = {
  '/account': pageRoute(
    `<button id="ask">Ask</button><button id="throw">Throw</button><input id="note" name="note">
    <script src="/account.js"></script>`,
  ),
  '/account.js': () => ({
    headers: { 'content-type': 'text/javascript' },
    body: `document.getElementById('ask').onclick = () => fetch('/answer?token=${SEEDS.parameter}', {
        headers: { authorization: 'Bearer ${SEEDS.token}' },
      }).then((response) => response.json()).then((answer) => { window.answer = answer; console.info('answered') })
      document.getElementById('throw').onclick = () => { throw new TypeError('the account broke') }`,
  }),
  '/answer': () => ({ body: { prompt: SEEDS.prompt, token: SEEDS.token } }),
}

/** A visit with everything that a visitor does, to its very end. */
async function useEverything({ site, posthog, visitor, logIn }: Stage): Promise<void> {
  const { page } = visitor
  await logIn(SEEDS.session)
  await page.goto(site.url(PATH))
  await posthog.until('$pageview')
  await recording(page)
  await page.waitForFunction(() => typeof window.onerror === 'function')
  await page.locator('#note').pressSequentially(SEEDS.typed)
  await page.click('#ask')
  await page.waitForFunction(() => 'answer' in window)
  await page.click('#throw')
  await page.evaluate(() => history.pushState({}, '', `/other${location.search}`))
  await posthog.until('$pageview', 2)
  // What is on its way as a page is left may be lost.
  for (const event of ['$autocapture', '$exception', '$snapshot']) await posthog.until(event)
  await visitor.leave()
  await posthog.until('$pageleave')
}

function leaked(setup: StageSetup): Promise<string[]> {
  const env = { POSTHOG_REPLAY: 'true', ...setup.env }
  return withStage({ ...setup, env }, async (stage) => {
    await useEverything(stage)
    return found(SEEDS, stage.posthog.everything)
  })
}

/** What each mode lets out: the list of `docs/privacy.md`. */
const MODES = [
  ['none', []],
  ['id', ['id']],
  ['email', ['id', 'email']],
  ['full', ['id', 'email', 'name']],
] as const

describe.each(PLATFORMS)('what leaves the browser on %s', (platform) => {
  it.each(MODES)('in mode %s is %j', async (mode, seeds) => {
    expect(await leaked({ platform, routes, users, env: { POSTHOG_IDENTIFY_PII: mode } })).toEqual(seeds)
  })
})

describe('what leaves the browser', () => {
  const setup = { routes, users, env: { POSTHOG_IDENTIFY_PII: 'none' } }

  /** Uses one page that has its script within itself, and gives what leaked until an event came. */
  function leakedUntil(event: string, body: string, settings: ProjectSettings = {}): Promise<string[]> {
    const env = { ...setup.env, POSTHOG_REPLAY: 'true' }
    const own = { ...routes, '/account': pageRoute(body) }
    return withStage({ users, routes: own, env }, async ({ site, posthog, visitor }) => {
      posthog.settings = settings
      await visitor.page.goto(site.url(PATH))
      await visitor.page.waitForFunction(() => typeof window.onerror === 'function')
      await posthog.until('$pageview')
      await visitor.page.click('#use')
      await posthog.until(event)
      return found(SEEDS, posthog.everything)
    })
  }

  it('has nothing of the URL when a script of the page itself throws', async () => {
    const body = `<script>function broken() { throw new TypeError('the account broke') }</script>
      <button id="use" onclick="broken()">Throw</button>`
    expect(await leakedUntil('$exception', body)).toEqual([])
  })

  it('has nothing of the URLs of requests when the project records these', async () => {
    const body = '<button id="use">Use</button>'
    expect(await leakedUntil('$snapshot', body, { recordsNetwork: true })).toEqual([])
  })

  it('has nothing of the URL when the project records the console', async () => {
    const body = `<button id="use" onclick="console.info('used')">Use</button>`
    expect(await leakedUntil('$snapshot', body, { recordsConsole: true })).toEqual([])
  })

  it('has nothing of the parameters of a link that is clicked', async () => {
    const body = `<a id="use" href="#" onclick="return false">Stay</a>`.replace('#', PATH)
    expect(await leakedUntil('$autocapture', body)).toEqual([])
  })

  it('goes by requests without a cookie, and without the query of the page', async () => {
    const env = { ...setup.env, POSTHOG_REPLAY: 'true' }
    await withStage({ ...setup, env }, async (stage) => {
      await useEverything(stage)
      for (const { headers } of stage.posthog.requests) {
        expect(headers.cookie).toBeUndefined()
        expect(headers.referer ?? stage.site.url('/')).toBe(stage.site.url('/'))
      }
    })
  })
})
