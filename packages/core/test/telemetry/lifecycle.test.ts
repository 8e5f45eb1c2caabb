import { expect, it } from '@jest/globals'
import { Lifecycle } from '../../src/telemetry/lifecycle.js'
import { openRuntime } from '../runtime-harness.js'

it('stops what comes up only after the shutdown', async () => {
  const harness = openRuntime()
  const lifecycle = new Lifecycle(
    () => harness.runtime,
    () => Promise.resolve(),
    100,
    () => {},
  )
  await lifecycle.shutdown()
  await new Promise<void>((resolve) => lifecycle.add({ shutdown: async () => resolve() }))
  lifecycle.add({ shutdown: () => Promise.reject(new Error('x')) })
  await expect(lifecycle.shutdown()).resolves.toBeUndefined()
  harness.close()
})
