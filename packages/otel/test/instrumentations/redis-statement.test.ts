import { describe, expect, it } from '@jest/globals'
import { redisStatement } from '../../src/instrumentations/redis-statement.js'

describe('redisStatement', () => {
  it.each([
    ['get', ['key'], 'get key'],
    ['SET', ['key', 'secret'], 'SET key [1 other arguments]'],
    ['auth', ['user', 'secret'], 'auth [2 other arguments]'],
    ['evalsha', ['abc', 2, 'k1', 'k2', 'secret'], 'evalsha abc 2 k1 k2 [1 other arguments]'],
    ['EVALSHA_RO', ['abc', '0'], 'EVALSHA_RO abc 0'],
    ['eval', ['return "secret"', '1', 'k1', 'secret', 's'], 'eval [script] 1 k1 [2 other arguments]'],
    ['FCALL', ['name', 1, 'k1', Buffer.from('secret')], 'FCALL name 1 k1 [1 other arguments]'],
    ['eval', ['return 1', 'many', 'secret'], 'eval [script] many [1 other arguments]'],
    ['srem', ['key', 'secret', 'secret'], 'srem key [2 other arguments]'],
    ['SISMEMBER', ['key', 'secret'], 'SISMEMBER key [1 other arguments]'],
    ['zincrby', ['key', 5, 'secret'], 'zincrby key 5 [1 other arguments]'],
    ['lrem', ['key', 0, 'secret'], 'lrem key 0 [1 other arguments]'],
    ['script', ['load', 'return "secret"'], 'script load [1 other arguments]'],
    ['ping', ['secret'], 'ping [1 other arguments]'],
    ['zscore', ['key'], 'zscore key'],
    ['eval', ['return 1', -3, 'secret'], 'eval [script] -3 [1 other arguments]'],
  ])('shows %s without values', (name, args, expected) => {
    expect(redisStatement(name, args)).toBe(expected)
  })

  it('shows what is no call of a script as it is', () => {
    expect(redisStatement('eval', [])).toBe('eval [script] ')
    expect(redisStatement(Buffer.from('PING'), [])).toBe('PING')
  })
})
