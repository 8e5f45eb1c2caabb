import { describe, expect, it } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { timeWork } from '../../src/event/time-work.js'

function recorder(): { seconds: number[]; done: (seconds: number) => void } {
  const seconds: number[] = []
  return { seconds, done: (each) => void seconds.push(each) }
}

describe('timeWork', () => {
  it('returns what the work returns', () => {
    const { seconds, done } = recorder()
    const result = {}
    expect(timeWork(() => result, done)).toBe(result)
    expect(seconds).toEqual([expect.any(Number)])
  })

  it('throws what the work throws', () => {
    const { seconds, done } = recorder()
    const error = new Error('boom')
    const thrown = (): unknown => {
      try {
        return timeWork(() => {
          throw error
        }, done)
      } catch (caught) {
        return caught
      }
    }
    expect(thrown()).toBe(error)
    expect(seconds).toHaveLength(1)
  })

  it('times a promise until it resolves, in seconds', async () => {
    const { seconds, done } = recorder()
    await expect(timeWork(() => sleep(30, 'value'), done)).resolves.toBe('value')
    expect(seconds).toHaveLength(1)
    expect(seconds[0]).toBeGreaterThan(0.02)
    expect(seconds[0]).toBeLessThan(15)
  })

  it('times a promise until it rejects, with the same error', async () => {
    const { seconds, done } = recorder()
    const error = new Error('boom')
    await expect(timeWork(() => Promise.reject(error), done)).rejects.toBe(error)
    expect(seconds).toHaveLength(1)
  })

  it('does not start a thenable that starts when it is awaited', () => {
    const { seconds, done } = recorder()
    let started = false
    const query = {
      // oxlint-disable-next-line unicorn/no-thenable
      then() {
        started = true
      },
    }
    expect(timeWork(() => query, done)).toBe(query)
    expect(started).toBe(false)
    expect(seconds).toHaveLength(1)
  })
})
