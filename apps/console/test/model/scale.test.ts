import { describe, expect, it } from '@jest/globals'
import { makeScale } from '../../src/shared/scale.js'

describe('makeScale', () => {
  it('is linear where something goes on all the time', () => {
    const scale = makeScale([
      { from: 100, to: 160 },
      { from: 150, to: 200 },
    ])
    expect(scale.segments).toEqual([{ from: 100, to: 200, start: 0, end: 1, gap: false }])
    expect([90, 100, 150, 200, 210].map((time) => scale.at(time))).toEqual([0, 0, 0.5, 1, 1])
  })

  it('shortens a long idle stretch to an eighth', () => {
    const { segments, at } = makeScale([
      { from: 900, to: 1000 },
      { from: 0, to: 100 },
    ])
    expect(segments).toEqual([
      { from: 0, to: 100, start: 0, end: 0.44, gap: false },
      { from: 100, to: 900, start: 0.44, end: 0.56, gap: true },
      { from: 900, to: 1000, start: 0.56, end: 1, gap: false },
    ])
    expect(at(500)).toBeCloseTo(0.5)
  })

  it('gives all gaps together two fifths at most', () => {
    const { segments } = makeScale(Array.from({ length: 6 }, (_, i) => ({ from: i * 100, to: i * 100 + 1 })))
    const gaps = segments.filter(({ gap }) => gap)
    expect(gaps).toHaveLength(5)
    expect(gaps.reduce((sum, { start, end }) => sum + end - start, 0)).toBeCloseTo(0.4)
  })

  it('leaves short stretches as they are, and all of them when told to', () => {
    const short = [
      { from: 0, to: 50 },
      { from: 60, to: 100 },
    ]
    expect(makeScale(short).segments).toHaveLength(1)
    const long = [
      { from: 0, to: 1 },
      { from: 99, to: 100 },
    ]
    expect(makeScale(long, { squeeze: false }).at(50)).toBe(0.5)
  })

  it('stays within 0 and 1 for points, for ends before starts, and for nothing', () => {
    expect(makeScale([]).at(5)).toBe(0)
    expect(makeScale([{ from: 5, to: 5 }]).segments).toEqual([
      { from: 5, to: 5, start: 0, end: 0, gap: false },
    ])
    expect(
      makeScale([
        { from: 9, to: 3 },
        { from: 19, to: Number.NaN },
      ]).at(9),
    ).toBe(0)
    expect(
      makeScale([
        { from: 0, to: 0 },
        { from: 10, to: 10 },
      ]).at(5),
    ).toBe(0.5)
  })

  it('never runs backwards', () => {
    const intervals = [3, 500, 20, 9000, 40, 777, 12].map((from, i) => ({ from, to: from + i * 3 }))
    const { at } = makeScale(intervals)
    const places = Array.from({ length: 500 }, (_, i) => at(i * 20))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
})
