import { describe, expect, it } from '@jest/globals'
import { nextFitting, nextLines, nextProblem, shownRows } from '../../src/page/request/shown-rows.js'
import { pickRequest } from '../support/fixture-pick.js'

const { rows } = pickRequest('pick', 0).view()
const count = (lines: 'all' | 'info' | 'none') => shownRows(rows, lines).length

describe('shownRows', () => {
  it('leaves out lines below the level, and never a span', () => {
    const lines = rows.filter(({ type }) => type === 'line').length
    expect([count('all'), count('info'), count('none')]).toEqual([
      rows.length,
      rows.length - 2,
      rows.length - lines,
    ])
  })
})

describe('nextLines', () => {
  it('comes round', () => {
    expect(nextLines(nextLines(nextLines('all')))).toBe('all')
  })
})

describe('nextFitting', () => {
  const even = (index: number) => index % 2 === 0

  it.each([
    [1, 1, 4],
    [6, 1, 0],
    [4, 1, 6],
    [0, -1, 6],
    [99, 1, 0],
  ] as const)('from %i by %i is %i', (from, step, expected) => {
    expect(nextFitting([0, 1, 3, 4, 6], from, even, step)).toBe(expected)
  })

  it('finds nothing where nothing fits', () => {
    expect(nextFitting([1, 3], 1, even)).toBeUndefined()
    expect(nextFitting([], 1, even)).toBeUndefined()
  })
})

describe('nextProblem', () => {
  it('goes from failure to failure and around', () => {
    const shown = shownRows(rows, 'all')
    const seen: (number | undefined)[] = [nextProblem(rows, shown, 0)]
    for (let step = 0; step < 3; step++) seen.push(nextProblem(rows, shown, seen.at(-1) ?? 0))
    expect(seen[3]).toBe(seen[0])
    expect(new Set(seen).size).toBe(3)
  })
})
