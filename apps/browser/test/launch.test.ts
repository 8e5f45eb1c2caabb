import { describe, expect, it } from '@jest/globals'
import { flags } from '../src/launch.js'

describe('flags', () => {
  it('give up the sandbox for root alone', () => {
    expect(flags(0)).toContain('--no-sandbox')
    expect(flags(1000)).not.toContain('--no-sandbox')
    // Windows has no such number.
    expect(flags(undefined)).not.toContain('--no-sandbox')
  })
})
