import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startPosthog } from '../../src/client/get-posthog.js'
import { loadPosthogConfig } from '../../src/config/config.js'
import { createFakeSdk } from '../support/fake-sdk.js'
import { Lines } from '../support/lines.js'
import { withRig } from '../support/rig.js'
import { type Case, conformance } from './cases.js'

interface ClientCase {
  calls?: string[]
}

interface Expected extends Record<string, unknown> {
  sdk_loaded?: boolean
  sdk_constructed?: boolean | number
  warnings?: number
  returns?: unknown[]
}

let lines: Lines

beforeEach(() => {
  lines = new Lines()
})
afterEach(() => lines.stop())

describe('client', () => {
  it.each(conformance('client'))('%s', async (_id, { env, input, expected }: Case) => {
    const { sdk_loaded, sdk_constructed, warnings, returns, config, ...values } = expected as Expected
    const sdk = createFakeSdk()
    const posthog = startPosthog({}, env, sdk.load)
    await posthog.ready

    if (sdk_loaded === false) expect(sdk.loads).toBe(0)
    if (sdk_constructed !== undefined) expect(sdk.constructed).toHaveLength(Number(sdk_constructed))
    if (warnings !== undefined) expect(loadPosthogConfig(env).problems).toHaveLength(warnings)
    expect(posthog.config).toMatchObject({ ...values, ...(config as object | undefined) })
    if (returns !== undefined) {
      const calls: Record<string, () => unknown> = {
        capture: () => posthog.capture('event', 'u-1'),
        captureException: () => posthog.captureException(new Error('x')),
        'isFeatureEnabled(default=false)': () => posthog.isFeatureEnabled('f', 'u-1', { default: false }),
        'isFeatureEnabled(default=true)': () => posthog.isFeatureEnabled('f', 'u-1', { default: true }),
        getFeatureFlagPayload: () => posthog.getFeatureFlagPayload('f', 'u-1'),
        shutdown: () => posthog.shutdown(),
      }
      const answers = (input as ClientCase).calls?.map(async (name) => (await calls[name]?.()) ?? null)
      expect(await Promise.all(answers ?? [])).toEqual(returns)
    }
    await posthog.shutdown()
  })
})

describe('environment', () => {
  it.each(conformance('environment'))('%s', async (_id, { env, input, expected }: Case) => {
    const { event, absent_properties, ...values } = expected as {
      event?: { event: string; distinctId: string; properties: object }
      absent_properties?: string[]
    } & Record<string, unknown>
    await withRig(env, async ({ posthog, events }) => {
      const { environment, release = null } = posthog.config
      expect({ environment, release }).toMatchObject(values)

      const [name, id, properties] = (input as { capture?: [string, string, object] }).capture ?? [
        'evt',
        'u-1',
        {},
      ]
      posthog.capture(name, id, properties)
      const [arrived] = await events()
      if (event !== undefined) {
        expect(arrived).toMatchObject({ event: event.event, distinct_id: event.distinctId })
        expect(arrived?.properties).toMatchObject(event.properties)
      }
      for (const absent of absent_properties ?? []) expect(arrived?.properties).not.toHaveProperty(absent)
    })
  })
})
