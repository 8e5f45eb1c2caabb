import { describe, expect, it } from '@jest/globals'
import { onFreePort } from '../../src/host/listen.js'

describe('onFreePort', () => {
  it('tries another port when somebody else was faster', async () => {
    const tried: number[] = []

    const port = await onFreePort(async (free) => {
      tried.push(free)
      if (tried.length < 3) throw new Error('bind: Address already in use')
    })

    expect(tried).toHaveLength(3)
    expect(port).toBe(tried[2])
  })

  it('gives up after five ports', async () => {
    let attempts = 0
    const start = async () => {
      attempts += 1
      throw new Error('listen EADDRINUSE')
    }

    await expect(onFreePort(start)).rejects.toThrow('EADDRINUSE')
    expect(attempts).toBe(5)
  })

  it('passes any other failure on at once', async () => {
    let attempts = 0
    const start = async () => {
      attempts += 1
      throw new Error('out of order')
    }

    await expect(onFreePort(start)).rejects.toThrow('out of order')
    expect(attempts).toBe(1)
  })
})
