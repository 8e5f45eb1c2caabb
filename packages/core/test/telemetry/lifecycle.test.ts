import { expect, it } from '@jest/globals'
import { Lifecycle } from '../../src/telemetry/lifecycle.js'
import { openRuntime } from '../runtime-harness.js'

it('stops once what comes up during the shutdown, and settles when it is down', async () => {
  const harness = openRuntime()
  let setReady = (): void => {}
  const ready = new Promise<void>((resolve) => (setReady = resolve))
  const lifecycle = new Lifecycle(
    () => harness.runtime,
    () => ready,
    1_000,
    () => {},
  )
  const stopped = lifecycle.shutdown()
  const steps: string[] = []
  await lifecycle.add({
    flush: async () => void steps.push('flush'),
    shutdown: async () => void steps.push('down'),
  })
  setReady()
  await stopped
  expect(steps).toEqual(['flush', 'down'])
  await lifecycle.add({ shutdown: async () => void steps.push('late') })
  expect(steps).toEqual(['flush', 'down', 'late'])
  harness.close()
})

it('stops what comes up only after the shutdown', async () => {
  const harness = openRuntime()
  const lifecycle = new Lifecycle(
    () => harness.runtime,
    () => Promise.resolve(),
    100,
    () => {},
  )
  await lifecycle.shutdown()
  let isDown = false
  await lifecycle.add({ shutdown: async () => void (isDown = true) })
  expect(isDown).toBe(true)
  await lifecycle.add({ shutdown: () => Promise.reject(new Error('x')) })
  await expect(lifecycle.shutdown()).resolves.toBeUndefined()
  harness.close()
})

it('shuts down what could not be flushed', async () => {
  const harness = openRuntime()
  const lifecycle = new Lifecycle(
    () => harness.runtime,
    () => Promise.resolve(),
    1_000,
    () => {},
  )
  let isDown = false
  await lifecycle.add({
    flush: () => Promise.reject(new Error('x')),
    shutdown: async () => void (isDown = true),
  })
  await lifecycle.shutdown()
  expect(isDown).toBe(true)
  harness.close()
})
