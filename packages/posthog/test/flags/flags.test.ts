import { describe, expect, it } from '@jest/globals'
import { runWithContext } from '@throughline/core'
import { startPosthog } from '../../src/client/get-posthog.js'
import { MOST_QUESTIONS } from '../../src/flags/flags.js'
import { createFakeSdk } from '../support/fake-sdk.js'
import { answer, hang } from '../support/fake-posthog.js'
import { withRig } from '../support/rig.js'

const ENV = { POSTHOG_API_KEY: 'phc_test' }

describe('isFeatureEnabled', () => {
  it('is what PostHog says: true, false, and a variant is on', async () => {
    await withRig({}, async ({ posthog, server }) => {
      server.flags = { on: true, off: false, variant: 'blue' }
      expect(await posthog.isFeatureEnabled('on', 'u-1')).toBe(true)
      expect(await posthog.isFeatureEnabled('off', 'u-1', { default: true })).toBe(false)
      expect(await posthog.isFeatureEnabled('variant', 'u-1')).toBe(true)
      expect(await posthog.getFeatureFlag('variant', 'u-1')).toBe('blue')
      expect(await posthog.getFeatureFlag('off', 'u-1', { default: 'x' })).toBe(false)
    })
  })

  it('is the default for a flag that nobody knows', async () => {
    await withRig({}, async ({ posthog }) => {
      expect(await posthog.isFeatureEnabled('unknown', 'u-1')).toBe(false)
      expect(await posthog.isFeatureEnabled('unknown', 'u-1', { default: true })).toBe(true)
      expect(await posthog.getFeatureFlag('unknown', 'u-1', { default: 'x' })).toBe('x')
      expect(await posthog.getFeatureFlagPayload('unknown', 'u-1')).toBeUndefined()
    })
  })

  it('gives payloads as they are', async () => {
    await withRig({}, async ({ posthog, server }) => {
      server.flags = { limits: true }
      server.payloads = { limits: { seats: 5 } }
      expect(await posthog.getFeatureFlagPayload('limits', 'u-1')).toEqual({ seats: 5 })
    })
  })

  it.each([
    ['500', (_request: unknown, response: never) => answer(response, 500, {})],
    ['401', (_request: unknown, response: never) => answer(response, 401, {})],
    ['no JSON', (_request: unknown, response: { end(text: string): void }) => response.end('<html>')],
    ['other JSON', (_request: unknown, response: never) => answer(response, 200, [1, 'x', null])],
    [
      'flags that are none',
      (_request: unknown, response: never) => answer(response, 200, { flags: { f: null } }),
    ],
    ['a connection that breaks', (_request: unknown, response: { destroy(): void }) => response.destroy()],
  ])('is the default when PostHog answers with %s', async (_name, onFlags) => {
    await withRig({}, async ({ posthog, server }) => {
      server.onFlags = onFlags as never
      expect(await posthog.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
      expect(await posthog.getFeatureFlagPayload('f', 'u-1', { default: 'p' })).toBe('p')
    })
  })

  it('is the default when PostHog does not answer in time', async () => {
    await withRig({}, async ({ posthog, server }) => {
      server.onFlags = hang
      const started = performance.now()
      expect(await posthog.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
      expect(performance.now() - started).toBeGreaterThan(1_900)
      expect(performance.now() - started).toBeLessThan(10_000)
    })
  })

  it.each([null, undefined])('is the default for the answer %s', async (nothing) => {
    const posthog = startPosthog(
      {},
      ENV,
      createFakeSdk({ methods: { evaluateFlags: async () => nothing } }).load,
    )
    expect(await posthog.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
    const answers = { getFlag: () => nothing, getFlagPayload: () => nothing }
    const second = startPosthog(
      {},
      ENV,
      createFakeSdk({ methods: { evaluateFlags: async () => answers } }).load,
    )
    expect(await second.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
    await Promise.all([posthog.shutdown(), second.shutdown()])
  })

  it('is the default at once while too many ask', async () => {
    let asked = 0
    const evaluateFlags = (): Promise<never> => new Promise(() => void asked++)
    const posthog = startPosthog({}, ENV, createFakeSdk({ methods: { evaluateFlags } }).load)
    await posthog.ready
    const questions = Array.from({ length: MOST_QUESTIONS + 100 }, () => posthog.isFeatureEnabled('f', 'u-1'))
    await Promise.all(questions.slice(MOST_QUESTIONS))
    expect(asked).toBe(MOST_QUESTIONS)
    await Promise.all(questions)
    await posthog.shutdown()
  })

  it('tells PostHog who got which answer, in which request', async () => {
    await withRig({ POSTHOG_ENVIRONMENT: 'qa' }, async ({ posthog, server, events }) => {
      server.flags = { on: true }
      await runWithContext({ 'request.id': 'r-1', 'user.id': 7 }, () => posthog.isFeatureEnabled('on'))
      const [event] = await events()
      expect(event).toMatchObject({ event: '$feature_flag_called', distinct_id: '7' })
      expect(event?.properties).toMatchObject({
        $feature_flag: 'on',
        $feature_flag_response: true,
        'request.id': 'r-1',
        environment: 'qa',
      })
    })
  })

  it('names nobody in mode none, and sends nothing of the person', async () => {
    await withRig({ POSTHOG_IDENTIFY_PII: 'none' }, async ({ posthog, server, events }) => {
      server.flags = { on: true }
      const personProperties = { email: 'ada@example.com' }
      expect(await posthog.isFeatureEnabled('on', 'u-42', { personProperties })).toBe(true)
      const [event] = await events()
      expect(event?.distinct_id).toBe('anonymous')
      expect(server.everything).not.toMatch(/u-42|ada@/)
    })
  })
})
