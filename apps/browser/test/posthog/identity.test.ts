import { describe, expect, it } from '@jest/globals'
import type { BrowserEvent } from '../support/posthog/bodies.js'
import { pageRoute } from '../support/site/content.js'
import { PLATFORMS } from '../support/site/site.js'
import { type Stage, withStage } from '../support/stage.js'

const ADA = { id: 'u-42', email: 'ada@example.com', name: 'Ada Lovelace', plan: 'gold' }
const BOB = { id: 'u-43', email: 'bob@example.com' }
const users = { ada: ADA, bob: BOB }
const routes = {
  '/shop': pageRoute('<h1>Shop</h1>'),
  '/bye': pageRoute('<h1>Bye</h1><script>posthog.reset()</script>'),
}

/** The properties of events, and of the person, that each mode allows. */
const MODES = [
  ['id', { user_id: ADA.id }, {}],
  ['email', { user_id: ADA.id, user_email: ADA.email }, { email: ADA.email }],
  [
    'full',
    { user_id: ADA.id, user_email: ADA.email, user_name: ADA.name },
    { email: ADA.email, name: ADA.name },
  ],
] as const

/** Opens a page, leaves it when a certain event is there, and gives what it sent from beginning to end. */
async function visit(
  { site, posthog, visitor }: Stage,
  path: string,
  last = '$pageview',
): Promise<BrowserEvent[]> {
  const before = posthog.events.length
  const left = posthog.named('$pageleave').length
  await visitor.page.goto(site.url(path))
  await posthog.until('$pageview', left + 1)
  await posthog.until(last)
  await visitor.leave()
  await posthog.until('$pageleave', left + 1)
  return posthog.events.slice(before)
}

function userOn({ properties }: BrowserEvent): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name.startsWith('user_')))
}

function expectNobody(events: readonly BrowserEvent[]): void {
  expect(events.map(({ event }) => event)).not.toContain('$identify')
  for (const event of events) {
    expect(userOn(event)).toEqual({})
    expect([ADA.id, BOB.id]).not.toContain(event.properties['distinct_id'])
    expect(event.properties['$process_person_profile']).toBe(false)
  }
}

describe.each(PLATFORMS)('a page on %s', (platform) => {
  it.each(MODES)('identifies a user who is logged in, in mode %s', async (mode, own, person) => {
    const env = { POSTHOG_IDENTIFY_PII: mode }
    await withStage({ platform, routes, users, env }, async (stage) => {
      await stage.logIn('ada')
      const events = await visit(stage, '/shop', '$identify')

      const identified = events.filter(({ event }) => event === '$identify')
      expect(identified).toHaveLength(1)
      expect(identified[0]?.$set).toEqual(person)
      for (const event of events) {
        expect(userOn(event)).toEqual(own)
        expect(event.properties['distinct_id']).toBe(ADA.id)
      }
      expect(stage.posthog.everything).not.toContain(ADA.plan)

      await stage.logOut()
      for (const event of await visit(stage, '/shop')) expect(userOn(event)).toEqual({})
    })
  })

  it('identifies nobody in mode none', async () => {
    const env = { POSTHOG_IDENTIFY_PII: 'none' }
    await withStage({ platform, routes, users, env }, async (stage) => {
      await stage.logIn('ada')
      expectNobody(await visit(stage, '/shop'))
      for (const value of Object.values(ADA)) expect(stage.posthog.everything).not.toContain(value)
    })
  })

  it('knows nobody who is logged out', async () => {
    const env = { POSTHOG_IDENTIFY_PII: 'full' }
    await withStage({ platform, routes, users, env }, async (stage) =>
      expectNobody(await visit(stage, '/shop')),
    )
  })

  it('knows nobody any more once the page of the logout has called reset', async () => {
    const env = { POSTHOG_IDENTIFY_PII: 'full' }
    await withStage({ platform, routes, users, env }, async (stage) => {
      await stage.logIn('ada')
      await visit(stage, '/shop')
      await stage.logOut()
      await visit(stage, '/bye')
      expectNobody(await visit(stage, '/shop'))
    })
  })

  it('keeps nothing of a user when another one logs in', async () => {
    const env = { POSTHOG_IDENTIFY_PII: 'full' }
    await withStage({ platform, routes, users, env }, async (stage) => {
      await stage.logIn('ada')
      await visit(stage, '/shop')
      await stage.logIn('bob')
      for (const event of await visit(stage, '/shop')) {
        expect(userOn(event)).toEqual({ user_id: BOB.id, user_email: BOB.email })
        expect(event.properties['distinct_id']).toBe(BOB.id)
      }
    })
  })
})
