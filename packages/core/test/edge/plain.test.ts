import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { isSecret, plainCopy } from '../../src/edge/plain.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness

beforeEach(() => {
  harness = openRuntime()
})
afterEach(() => harness.close())

describe('plainCopy', () => {
  it('copies plain data as it is', () => {
    const given = { plan: 'pro', seats: 3, tags: ['a', 'b'], nested: { deep: true, none: null } }
    expect(plainCopy(given)).toEqual(given)
  })

  it('redacts at any depth, by the settings in force', () => {
    harness.close()
    harness = openRuntime({}, { log: { redact: ['iban'] } })
    expect(plainCopy({ user: { password: 'x', IBAN: 'y' } })).toEqual({
      user: { password: '[REDACTED]', IBAN: '[REDACTED]' },
    })
  })

  it('survives what cannot be read', () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(plainCopy({ circular, proxy, big: 1n, nan: Number.NaN })).toEqual({
      circular: { self: '[Circular]' },
      proxy: expect.stringContaining('Threw'),
      big: '1',
      nan: 'NaN',
    })
  })
})

describe('isSecret', () => {
  it('tells by the last segment of a path', () => {
    expect([isSecret('user.Password'), isSecret('api-key'), isSecret('passwords')]).toEqual([
      true,
      true,
      false,
    ])
  })
})
