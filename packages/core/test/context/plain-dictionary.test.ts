import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseDictionary } from 'structured-headers'
import { parsePlainDictionary } from '../../src/context/plain-dictionary.js'

/** What the full parser makes of it, in the same plain form; undefined where it refuses. */
function parseFully(raw: string): Record<string, unknown> | undefined {
  try {
    return Object.fromEntries(
      [...parseDictionary(raw)].map(([key, [value]]) => [
        key,
        Array.isArray(value) ? value.map(([bare]: [unknown]) => bare) : value,
      ]),
    )
  } catch {
    return undefined
  }
}

describe('parsePlainDictionary', () => {
  it('reads what services mostly send', () => {
    expect(parsePlainDictionary('request.id="abc", user.id=42, labels=("a" "b"), n=-5, none=()')).toEqual({
      'request.id': 'abc',
      'user.id': 42,
      labels: ['a', 'b'],
      n: -5,
      none: [],
    })
  })

  it.each([
    'a',
    'a=?1',
    'a=1.5',
    'a="\\""',
    'a=%"%c3%a9"',
    'a=1;p',
    'a=1,b=2',
    ' a=1',
    'a=1, ',
    'a=01',
    'a=token',
    'A=1',
  ])('leaves %p to the full parser', (raw) => {
    expect(parsePlainDictionary(raw)).toBeUndefined()
  })

  it('never differs from the full parser', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '=',
      '"',
      '(',
      ')',
      ' ',
      ', ',
      ',',
      '1',
      '-',
      '0',
      '9'.repeat(15),
      'x',
      '\\',
      ';',
      '*',
      '.',
    )
    const member = fc.constantFrom('a="x"', 'b=1', 'c=("x" "y")', 'a=2', 'd=-7', 'e=()')
    const raw = fc.oneof(
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.array(fc.oneof(member, piece)).map((members) => members.join(', ')),
    )
    fc.assert(
      fc.property(raw, (text) => {
        const plain = parsePlainDictionary(text)
        expect(plain ?? parseFully(text)).toEqual(parseFully(text))
      }),
      { numRuns: 5_000 },
    )
  })
})
