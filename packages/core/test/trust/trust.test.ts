import { describe, expect, it } from '@jest/globals'
import { createTrustCheck, type Trust } from '../../src/trust/trust.js'

describe('createTrustCheck', () => {
  it.each<[Trust | undefined, string | undefined, boolean]>([
    [undefined, '127.0.0.1', false],
    ['none', '127.0.0.1', false],
    ['loopback', '127.0.0.1', true],
    ['loopback', '127.9.9.9', true],
    ['loopback', '::1', true],
    ['loopback', '::ffff:127.0.0.1', true],
    ['loopback', '10.0.0.1', false],
    ['loopback', undefined, false],
    ['loopback', 'localhost', false],
    [['10.0.0.0/8', 'fd00::/8'], '10.255.0.1', true],
    [['10.0.0.0/8', 'fd00::/8'], '::ffff:10.0.0.1', true],
    [['10.0.0.0/8', 'fd00::/8'], '11.0.0.1', false],
    [['10.0.0.0/8', 'fd00::/8'], 'fd12::1', true],
    [['fe80::/10'], 'fe80::1%eth0', true],
    [['192.168.1.7'], '192.168.1.7', true],
    [['192.168.1.7'], '192.168.1.8', false],
    [[], '127.0.0.1', false],
    [(address) => address.startsWith('10.'), '10.1.1.1', true],
    [() => true, undefined, false],
    [
      () => {
        throw new Error('x')
      },
      '10.1.1.1',
      false,
    ],
  ])('%p trusts %p: %p', (trust, address, trusted) => {
    expect(createTrustCheck(trust)(address)).toBe(trusted)
  })

  it.each([
    'nonsense',
    '10.0.0.0/33',
    '10.0.0.0/x',
    'fd00::/129',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/ ',
    '10.0.0.0/8/8',
  ])('refuses the range %p', (range) => {
    expect(() => createTrustCheck([range])).toThrow(
      new TypeError(`"${range}" is not an IP address or CIDR range; write for example "10.0.0.0/8"`),
    )
  })

  it('trusts nobody by a promise', () => {
    const later = (async () => true) as unknown as (address: string) => boolean
    expect(createTrustCheck(later)('10.1.1.1')).toBe(false)
  })
})
