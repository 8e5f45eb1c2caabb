import { describe, expect, it } from '@jest/globals'
import { sizeOf } from '../../../src/model/record/entry.js'

describe('sizeOf', () => {
  it('counts the text twice, for the digest of a request holds it as well', () => {
    const size = (text: string) => sizeOf({ packed: '', text })
    expect(size('x'.repeat(500)) - size('')).toBe(1000)
  })
})
