import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bindContext, getContext, runWithContext } from '../../src/context/context.js'
import { activeFrame, detachedFrame, runDetached, runInFrame } from '../../src/edge/frames.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness

beforeEach(() => {
  harness = openRuntime()
})

afterEach(() => harness.close())

describe('frames', () => {
  it('hand a context to where the framework wants it', async () => {
    const frame = runWithContext({ a: 1 }, () => activeFrame())
    expect(activeFrame()).toBeUndefined()
    await runInFrame(frame, async () => {
      await sleep(1)
      bindContext({ b: 2 })
    })
    expect(runInFrame(frame, () => getContext())).toStrictEqual({ a: 1, b: 2 })
  })

  it('stand outside the current context when detached', () => {
    runWithContext({ a: 1 }, () => {
      expect(runInFrame(detachedFrame({ b: 2 }), () => getContext())).toStrictEqual({ b: 2 })
      expect(runDetached(() => getContext())).toStrictEqual({})
      expect(getContext()).toStrictEqual({ a: 1 })
    })
  })

  it('answer for the context that a carrier brought', () => {
    const key = Symbol('key')
    const frame = detachedFrame({}, { getValue: (asked) => (asked === key ? 5 : undefined) })
    expect(frame.getValue(key)).toBe(5)
    expect(frame.setValue(Symbol('other'), 1).getValue(key)).toBe(5)
  })
})
