import type { BlockList } from 'node:net'
import { net } from '../builtins.js'

/** Whose context header is believed: nobody, this machine, CIDR ranges, or a predicate over the address (R3.4). */
export type Trust = 'none' | 'loopback' | readonly string[] | ((address: string) => boolean)

/** Tells whether a peer's address is trusted. */
export type TrustCheck = (address: string | undefined) => boolean

const LOOPBACK = ['127.0.0.0/8', '::1/128']

/**
 * Builds the check for an address. A predicate that throws trusts nobody.
 *
 * @throws TypeError for a range that is not an address or CIDR block
 */
export function createTrustCheck(trust: Trust = 'none'): TrustCheck {
  if (trust === 'none') return () => false
  if (typeof trust === 'function') return (address) => address !== undefined && holds(trust, address)
  const ranges = blockList(trust === 'loopback' ? LOOPBACK : trust)
  return (address) => {
    const plain = address?.split('%')[0] ?? ''
    const family = net().isIP(plain)
    return family !== 0 && ranges.check(plain, family === 6 ? 'ipv6' : 'ipv4')
  }
}

function holds(predicate: (address: string) => unknown, address: string): boolean {
  try {
    return predicate(address) === true
  } catch {
    return false
  }
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new (net().BlockList)()
  for (const range of ranges) {
    const [address = '', prefix, ...rest] = range.split('/')
    const family = net().isIP(address)
    const most = family === 6 ? 128 : 32
    const bits = prefix === undefined ? most : /^\d+$/.test(prefix) ? Number(prefix) : NaN
    if (family === 0 || rest.length > 0 || !(bits <= most)) {
      throw new TypeError(`"${range}" is not an IP address or CIDR range; write for example "10.0.0.0/8"`)
    }
    list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
