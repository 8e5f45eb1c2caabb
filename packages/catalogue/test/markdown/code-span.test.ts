import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { codeSpan, readCodeSpan } from '../../src/markdown/code-span.js'
import { hostileText } from '../arbitraries.js'

describe('codeSpan', () => {
  it.each([
    ['draft.pick_made', '`draft.pick_made`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a\nb', '`"a\\nb"`'],
    ['', '`""`'],
    [' a', '`" a"`'],
    ['"a"', '`"\\"a\\""`'],
    ['a\u202eb', '`"a\\u202eb"`'],
    ['\ud800', '`"\\ud800"`'],
    ['früh 😀', '`früh 😀`'],
  ])('writes %j as %s', (text, span) => {
    expect(codeSpan(text)).toBe(span)
  })

  it('is read back whole, on one line, whatever follows', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom('', ': number', '](x)'), (text, after) => {
        const span = codeSpan(text)
        expect(span).not.toMatch(/[\n\r]/)
        expect(readCodeSpan(Buffer.from(span + after).toString())).toEqual({ text, end: span.length })
      }),
      { numRuns: 1000 },
    )
  })
})

describe('readCodeSpan', () => {
  it.each(['', 'a', '`a', '``a`', '`"a`', '`"a" b`'])('finds none in %j', (text) => {
    expect(readCodeSpan(text)).toBeUndefined()
  })
})
