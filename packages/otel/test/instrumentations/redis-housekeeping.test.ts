import { describe, expect, it } from '@jest/globals'
import { createHousekeepingCheck } from '../../src/instrumentations/redis-housekeeping.js'

const SHARED = {
  scriptsSet: {
    'addStandardJob:6.7.0': { sha: 'a' },
    'moveToActive-11:5.1.2': { sha: 'b' },
    own: { sha: 'c' },
  },
}
const OWN = { scriptsSet: { own: { sha: 'c' }, 'own:v2': { sha: 'd' } } }

describe('createHousekeepingCheck', () => {
  it.each([
    ['evalsha', ['a'], true],
    ['evalsha', ['b'], true],
    ['eval', ['a'], true],
    ['evalsha', ['c'], false],
    ['evalsha', ['unknown'], false],
    ['multi', [], true],
    ['exec', [], true],
    ['hello', [3], true],
    ['client', ['SETINFO', 'LIB-NAME', 'ioredis'], true],
    ['get', ['a'], false],
  ])('knows %s %j on a connection that BullMQ uses', (name, args, expected) => {
    const isHousekeeping = createHousekeepingCheck()
    expect(isHousekeeping(SHARED, { name, args })).toBe(expected)
    expect(isHousekeeping(SHARED, { name, args })).toBe(expected)
  })

  it('leaves scripts and transactions of the application alone', () => {
    const isHousekeeping = createHousekeepingCheck()
    expect(isHousekeeping(OWN, { name: 'evalsha', args: ['d'] })).toBe(false)
    expect(isHousekeeping(OWN, { name: 'multi', args: [] })).toBe(false)
  })

  it('takes no harm from what is no command', () => {
    const isHousekeeping = createHousekeepingCheck()
    expect(isHousekeeping({}, undefined)).toBe(false)
    expect(isHousekeeping({}, { name: 'evalsha' })).toBe(false)
  })
})
