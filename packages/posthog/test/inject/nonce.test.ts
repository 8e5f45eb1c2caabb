import { describe, expect, it } from '@jest/globals'
import { nonceOf } from '../../src/inject/nonce.js'

describe('nonceOf', () => {
  it.each([
    ["script-src 'self' 'nonce-abc123='", 'abc123='],
    ["default-src 'nonce-d'; script-src 'nonce-s'", 's'],
    ["default-src 'nonce-d'; style-src 'nonce-x'", 'd'],
    ["script-src 'nonce-s'; script-src-elem 'nonce-e'", 'e'],
    ["Script-Src 'NONCE-s'", 's'],
    ["style-src 'nonce-x'", undefined],
    ["script-src 'self'", undefined],
    ['', undefined],
  ])('of %j is %j', (policy, nonce) => {
    expect(nonceOf(policy)).toBe(nonce)
  })
})
