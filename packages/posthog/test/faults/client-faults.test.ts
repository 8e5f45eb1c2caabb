import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runWithContext } from '@throughline/core'
import { startPosthog } from '../../src/client/get-posthog.js'
import { runGeneration } from '../../src/generation/trace-generation.js'
import type { LoadSdk } from '../../src/client/sdk.js'
import { createFakeSdk } from '../support/fake-sdk.js'
import { Lines } from '../support/lines.js'

const ENV = { POSTHOG_API_KEY: 'phc_test' }

let lines: Lines

beforeEach(() => {
  lines = new Lines()
})
afterEach(() => lines.stop())

const failing: [string, LoadSdk][] = [
  [
    'is not installed',
    () =>
      Promise.reject(
        Object.assign(new Error("Cannot find package 'posthog-node'"), { code: 'ERR_MODULE_NOT_FOUND' }),
      ),
  ],
  [
    'throws when it is loaded',
    () => {
      throw new Error('broken')
    },
  ],
  ['has no client', async () => ({}) as never],
  [
    'has a client that throws',
    createFakeSdk({
      onConstruct: () => {
        throw new Error('bad options')
      },
    }).load,
  ],
]

describe('posthog-node', () => {
  it.each(failing)('that %s leaves PostHog off, with one line', async (_name, load) => {
    const posthog = startPosthog({}, ENV, load)
    posthog.capture('before', 'u-1')
    await posthog.ready
    posthog.capture('after', 'u-1')
    posthog.captureException(new Error('x'))

    expect(posthog.enabled).toBe(false)
    expect(await posthog.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
    expect(lines.own.map(({ event }) => event)).toEqual(['posthog_not_started'])
    expect(posthog.counts).toEqual({ captured: 3, sent: 0, waiting: 0, dropped: 3 })
    await posthog.flush()
    await posthog.shutdown()
  })

  it('gets the calls that came while it was loaded, in order, and no more than 1,000', async () => {
    const sdk = createFakeSdk()
    let loaded = (): void => {}
    const loading = new Promise<void>((resolve) => (loaded = resolve))
    const posthog = startPosthog({}, ENV, async (config) => {
      await loading
      return sdk.load(config)
    })
    const properties = { number: 0 }
    for (let number = 0; number < 1_200; number++) {
      properties.number = number
      posthog.capture('event', 'u-1', properties)
    }
    expect(posthog.counts).toEqual({ captured: 1_200, sent: 0, waiting: 1_000, dropped: 200 })
    loaded()
    await posthog.ready

    // As they were when they were captured.
    expect(sdk.captured.map((event) => event.properties?.['number'])).toEqual(
      Array.from({ length: 1_000 }, (_, at) => at),
    )
    await posthog.shutdown()
  })

  it('that never loads holds neither a flush nor the end for longer than their bound', async () => {
    const posthog = startPosthog({}, ENV, () => new Promise(() => undefined))
    posthog.capture('event', 'u-1')
    expect(await posthog.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
    await posthog.shutdown()
    expect(posthog.counts).toEqual({ captured: 1, sent: 0, waiting: 0, dropped: 1 })
  })

  it('that throws or rejects everywhere changes no answer', async () => {
    const broken = (): never => {
      throw new Error('broken')
    }
    const rejecting = (): Promise<never> => Promise.reject(new Error('broken'))
    for (const method of [broken, rejecting]) {
      const methods = {
        capture: broken,
        captureException: broken,
        evaluateFlags: method,
        flush: method,
        shutdown: method,
      }
      const posthog = startPosthog({}, ENV, createFakeSdk({ methods }).load)
      await posthog.ready
      posthog.capture('event', 'u-1')
      posthog.capture('event', 'u-1')
      posthog.captureException(new Error('x'))
      expect(await posthog.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
      expect(await posthog.getFeatureFlag('f', 'u-1')).toBeUndefined()
      await posthog.flush()
      await posthog.shutdown()
      expect(posthog.counts).toMatchObject({ captured: 3, dropped: 3 })
    }
    expect(lines.own.map(({ event }) => event)).toEqual(['posthog_call_failed', 'posthog_call_failed'])
  })

  it('is called in a process where somebody has put getters on Object.prototype', async () => {
    const names = ['request.id', 'trace_id', 'labels', 'order.id', 'input', 'output', '$ai_input_tokens']
    const sdk = createFakeSdk()
    const posthog = startPosthog({}, ENV, sdk.load)
    await posthog.ready
    const context = { 'request.id': 'r-1', labels: ['order'], 'order.id': 7 }
    const polluted: object = Object.prototype
    Object.defineProperties(
      polluted,
      Object.fromEntries(names.map((name) => [name, { get: () => 'polluted', configurable: true }])),
    )
    try {
      runWithContext(context, () => posthog.capture('event', 'u-1', { total: 5 }))
      runWithContext(context, () => posthog.captureException(new Error('x')))
      await runGeneration(posthog, {}, (generation) => {
        generation.setTokens(1, 2)
        generation.setOutputFromOpenAI({ usage: { prompt_tokens: 3 } })
      })
    } finally {
      for (const name of names) Reflect.deleteProperty(polluted, name)
    }
    expect(sdk.captured.map(({ properties }) => properties)).toMatchObject([
      { ...context, total: 5 },
      context,
      { $ai_input_tokens: 3, $ai_output_tokens: 2 },
    ])
    await posthog.shutdown()
  })

  it('takes no key from Object.prototype', () => {
    const polluted = Object.prototype as Record<string, unknown>
    polluted['POSTHOG_API_KEY'] = 'phc_polluted'
    try {
      expect(startPosthog({}, {}, createFakeSdk().load).enabled).toBe(false)
    } finally {
      delete polluted['POSTHOG_API_KEY']
    }
  })

  it('is given callers who give anything', async () => {
    const sdk = createFakeSdk()
    const posthog = startPosthog({}, ENV, sdk.load)
    await posthog.ready
    const refusing = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
        ownKeys: () => {
          throw new Error('no')
        },
      },
    )
    for (const odd of [undefined, null, 5, Symbol('s'), refusing, () => undefined, []] as never[]) {
      posthog.capture(odd, odd, odd)
      posthog.captureException(odd, odd)
      expect(await posthog.isFeatureEnabled(odd, odd, null as never)).toBe(false)
      expect(
        await posthog.getFeatureFlagPayload(odd, odd, { groups: odd, personProperties: odd }),
      ).toBeUndefined()
    }
    expect(sdk.captured.length).toBeGreaterThan(7)
    await posthog.shutdown()
  })
})
