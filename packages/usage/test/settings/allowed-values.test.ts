import { describe, expect, it } from '@jest/globals'
import { allowedValue, readAllowedValues } from '../../src/settings/allowed-values.js'

describe('values of the product', () => {
  it('go out where they are listed; any other is other', () => {
    const allowed = readAllowedValues({ command: ['ls', 'rm'], status_code: [200] })
    expect(allowedValue(allowed, 'command', 'ls')).toBe('ls')
    expect(allowedValue(allowed, 'command', 'login --token s3cret')).toBe('other')
    expect(allowedValue(allowed, 'status_code', '200')).toBe('200')
    expect(allowedValue(allowed, 'outcome', 'anything')).toBe('anything')
  })

  it('are none where the list is no list', () => {
    expect(allowedValue(readAllowedValues({ command: 'ls' }), 'command', 'ls')).toBe('other')
  })

  it.each([undefined, null, 5, 'command'])('are any for %j', (given) => {
    expect(allowedValue(readAllowedValues(given), 'command', 'ls')).toBe('ls')
  })
})
