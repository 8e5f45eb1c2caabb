import { describe, expect, it } from '@jest/globals'
import { compareLocations, parseLocation } from '../src/location.js'

describe('parseLocation', () => {
  it.each([
    ['src/a.ts:10', 'src/a.ts', 10],
    ['C:/shop/a.ts:10', 'C:/shop/a.ts', 10],
    ['a\n:3:4', 'a\n:3', 4],
    ['tsconfig.json', 'tsconfig.json', 0],
    ['C:/shop/tsconfig.json', 'C:/shop/tsconfig.json', 0],
  ])('reads %j', (text, path, line) => {
    expect(parseLocation(text)).toEqual({ path, line })
  })
})

describe('compareLocations', () => {
  it('sorts by path in code units, then by line as a number', () => {
    const places = ['b.ts:1', 'a.ts:10', 'a.ts:9', 'a.ts', 'Z.ts:1', 'ä.ts:1', 'a/b.ts:1']
    expect(places.toSorted(compareLocations)).toEqual([
      'Z.ts:1',
      'a.ts',
      'a.ts:9',
      'a.ts:10',
      'a/b.ts:1',
      'b.ts:1',
      'ä.ts:1',
    ])
  })
})
