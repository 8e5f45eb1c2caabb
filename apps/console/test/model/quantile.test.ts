import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Bin, quantile } from '../../src/model/metrics/buckets.js'

const bin = (low: number, high: number, count: number): Bin => ({ low, high, count })

describe('quantile', () => {
  it.each([
    ['of nothing', [], 0.5, null],
    ['of empty bins', [bin(0, 10, 0)], 0.5, null],
    ['within a bin', [bin(10, 20, 4)], 0.5, 15],
    ['of the same bin twice, as of two kinds of outcome', [bin(10, 25, 1), bin(10, 25, 1)], 0.5, 17.5],
    ['over bins that follow', [bin(0, 10, 9), bin(10, 20, 1)], 0.95, 15],
    ['over bins that overlap', [bin(0, 20, 2), bin(10, 30, 2)], 0.5, 15],
    ['of single values', [bin(7, 7, 1), bin(3, 3, 1), bin(5, 5, 1)], 0.5, 5],
    ['of all', [bin(0, 10, 1), bin(30, 30, 1)], 1, 30],
  ] as const)('%s', (_name, bins, share, value) => {
    expect(quantile(bins, share)).toBe(value)
  })

  it('never falls as its share grows', () => {
    const bins = fc.array(
      fc.tuple(fc.nat(100), fc.nat(50), fc.nat(9)).map(([low, width, count]) => bin(low, low + width, count)),
      { minLength: 1 },
    )
    fc.assert(
      fc.property(bins, (given) => {
        const values = [0.1, 0.5, 0.95, 1].map((share) => quantile(given, share) ?? 0)
        expect(values).toEqual(values.toSorted((a, b) => a - b))
      }),
    )
  })
})
