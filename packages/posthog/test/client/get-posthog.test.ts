import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { initTelemetry, onUnitEnd } from '@throughline/core'
import { getPosthog } from '../../src/client/get-posthog.js'
import { runChild } from '../support/child.js'
import { usePosthog } from '../support/environment.js'
import { FakePosthog } from '../support/fake-posthog.js'
import { Lines } from '../support/lines.js'

let lines: Lines

beforeEach(() => {
  lines = new Lines()
})
afterEach(async () => {
  await getPosthog().shutdown()
  lines.stop()
})

describe('getPosthog', () => {
  it('is the same for everybody, until it is shut down', async () => {
    const first = getPosthog()
    expect(getPosthog()).toBe(first)
    expect(first.enabled).toBe(false)
    await first.shutdown()
    expect(getPosthog()).not.toBe(first)
  })

  it('says once that options come too late', async () => {
    const env = { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: 'http://posthog.invalid' }
    const { stdout } = await runChild('late-options.mjs', { env })
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { event: string }).event),
    ).toEqual(['posthog_already_started'])
  })

  it('hands over what waits when telemetry is shut down', async () => {
    const server = await FakePosthog.start()
    const telemetry = initTelemetry()
    await usePosthog({ POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url })
    getPosthog().capture('flushed', 'u-1')
    await telemetry.flush()
    expect(server.named('flushed')).toHaveLength(1)
    getPosthog().capture('drained', 'u-1')
    await telemetry.shutdown()
    expect(server.named('drained')).toHaveLength(1)
    await server.stop()
  })

  it('leaves nothing behind', async () => {
    const listeners = process.listenerCount('beforeExit')
    const posthog = await usePosthog({ POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: 'http://posthog.invalid' })
    expect(process.listenerCount('beforeExit')).toBe(listeners + 1)
    await posthog.shutdown()
    expect(process.listenerCount('beforeExit')).toBe(listeners)
    expect(typeof onUnitEnd(() => undefined)).toBe('function')
  })
})
