import { describe, expect, it } from '@jest/globals'
import { runChild } from '../support/child.js'

interface State {
  posthog: string[]
  resources: string[]
  timers: number
  listeners: Record<string, number>
}

async function stateOf(what: string, env: Record<string, string> = {}): Promise<State> {
  const { code, stdout, stderr } = await runChild('off.mjs', {
    args: [what],
    env: { LOG_LEVEL: 'fatal', ...env },
  })
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as State
}

describe('PostHog while it is off', () => {
  it('loads nothing, and has no timer, socket, handle or listener', async () => {
    const [core, whole] = [await stateOf('core'), await stateOf('whole')]
    expect(whole.posthog).toEqual([])
    expect(whole).toEqual(core)
  })

  it('adds nothing to an application of Nest', async () => {
    const [nest, whole] = [await stateOf('nest'), await stateOf('nest-whole')]
    expect(whole.posthog).toEqual([])
    expect(whole).toEqual(nest)
    const on = await stateOf('nest-whole', {
      POSTHOG_API_KEY: 'phc_test',
      POSTHOG_HOST: 'http://posthog.invalid',
    })
    expect(on.posthog.length).toBeGreaterThan(2)
  })

  it('is off with a blank key, and by the master switch', async () => {
    const blank: Record<string, string> = { POSTHOG_API_KEY: ' ' }
    for (const env of [blank, { POSTHOG_API_KEY: 'phc_test', TELEMETRY_ENABLED: 'false' }]) {
      expect((await stateOf('whole', env)).posthog).toEqual([])
    }
  })

  it('is told apart from being on by the same means', async () => {
    const on = await stateOf('whole', { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: 'http://posthog.invalid' })
    expect(on.posthog.length).toBeGreaterThan(2)
    expect(on.listeners['beforeExit']).toBeGreaterThan(0)
  })
})
