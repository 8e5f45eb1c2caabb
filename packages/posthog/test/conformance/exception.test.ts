import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startPosthog } from '../../src/client/get-posthog.js'
import { createFakeSdk } from '../support/fake-sdk.js'
import { Lines } from '../support/lines.js'
import { withRig } from '../support/rig.js'
import { type Case, conformance } from './cases.js'

interface Input {
  error?: { name: string; message: string }
  request?: object
  properties?: object
  distinctId?: string
  sdk_methods?: string[]
  sdk_capture_throws?: boolean
}

interface Expected {
  distinctId?: string
  properties?: object
  absent_properties?: string[]
  event?: { event: string; distinctId: string; properties: object }
  logged?: number
}

const WITHOUT_EXCEPTIONS = ['sdk-without-captureException', 'sdk-throws']

let lines: Lines

beforeEach(() => {
  lines = new Lines()
})
afterEach(() => lines.stop())

function errorOf({ error }: Input): Error {
  return Object.assign(new Error(error?.message ?? 'x'), { name: error?.name ?? 'Error' })
}

describe('exception', () => {
  const cases = conformance('exception')

  it.each(cases.filter(([id]) => !WITHOUT_EXCEPTIONS.includes(id)))(
    '%s',
    async (_id, { env, input, expected }: Case) => {
      const { request, properties, distinctId } = input as Input
      const wanted = expected as Expected
      await withRig(env, async ({ posthog, events }) => {
        posthog.captureException(errorOf(input), { request, properties, distinctId })
        const [event] = await events()

        expect(event).toMatchObject({ event: '$exception', distinct_id: wanted.distinctId })
        expect(event?.properties).toMatchObject(wanted.properties ?? {})
        for (const absent of wanted.absent_properties ?? [])
          expect(event?.properties).not.toHaveProperty(absent)
      })
    },
  )

  it.each(cases.filter(([id]) => WITHOUT_EXCEPTIONS.includes(id)))(
    '%s',
    async (_id, { env, input, expected }: Case) => {
      const { sdk_capture_throws: throws, distinctId } = input as Input
      const { event, logged } = expected as Expected
      const captured: unknown[] = []
      const capture = (message: unknown): void => {
        if (throws === true) throw new Error('the client is broken')
        captured.push(message)
      }
      const { load } = createFakeSdk({ methods: { capture } })
      const posthog = startPosthog({}, env, load)
      await posthog.ready
      posthog.captureException(errorOf(input), { distinctId })

      if (event !== undefined) expect(captured).toMatchObject([event])
      if (logged !== undefined) expect(lines.own).toHaveLength(logged)
      await posthog.shutdown()
    },
  )
})

describe('flags', () => {
  it.each(conformance('flags'))('%s', async (_id, { env, input, expected }: Case) => {
    const { flag, default: fallback } = input as { flag: string; default: boolean }
    const evaluateFlags = async (): Promise<never> => Promise.reject(new Error('away'))
    const posthog = startPosthog({}, env, createFakeSdk({ methods: { evaluateFlags } }).load)

    expect({ value: await posthog.isFeatureEnabled(flag, 'u-1', { default: fallback }) }).toEqual(expected)
    await posthog.shutdown()
  })
})
