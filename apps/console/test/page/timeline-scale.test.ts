import { describe, expect, it } from '@jest/globals'
import { timelineScale } from '../../src/page/request/timeline-scale.js'
import { endsOf } from '../../src/page/request/row-facts.js'
import { ticksOf } from '../../src/page/request/ticks.js'
import { pickRequest } from '../support/fixture-pick.js'
import { rowMaker } from '../support/fixture-request.js'

const { rows } = pickRequest('pick', 0).view()
const { unit, line } = rowMaker()
const squeezed = timelineScale(rows, endsOf(rows), true)

describe('timelineScale', () => {
  it('squeezes the wait between two attempts', () => {
    expect(squeezed.segments.filter(({ gap }) => gap).map(({ from, to }) => [from, to])).toEqual([
      [110.5, 370.5],
    ])
  })

  it('has one straight piece when nothing is to be squeezed', () => {
    expect(timelineScale(rows, endsOf(rows), false).segments).toHaveLength(1)
  })

  it('reaches to a line behind the last span', () => {
    const late = [unit(0, 0, 10), line(1, 40, 'late')]
    expect(timelineScale(late, endsOf(late), false).at(10)).toBeCloseTo(0.25)
  })
})

describe('ticksOf', () => {
  it('writes the true length of a gap, and round times where there is room', () => {
    expect(ticksOf(squeezed, 440).map(({ label }) => label)).toEqual(['0', '50 ms', '⋯ 260 ms', '400 ms'])
  })

  it('counts in round seconds, minutes and hours', () => {
    const labelsOver = (ms: number) => {
      const one = [unit(0, 0, ms)]
      return ticksOf(timelineScale(one, endsOf(one), true), 450).map(({ label }) => label)
    }
    expect(labelsOver(3 * 3_600_000)).toEqual(['0', '30 min', '1 h', '1 h 30 min', '2 h', '2 h 30 min'])
    expect(labelsOver(5 * 60_000)).toEqual(['0', '1 min', '2 min', '3 min', '4 min'])
    expect(labelsOver(45_000)).toEqual(['0', '10 s', '20 s', '30 s', '40 s'])
    expect(labelsOver(60 * 3_600_000)).toEqual(['0', '12 h', '24 h', '36 h', '48 h'])
  })

  it('never puts two labels over one another', () => {
    for (const width of [120, 300, 700, 1600]) {
      const places = ticksOf(squeezed, width).map(({ at }) => at * width)
      for (const [index, place] of places.slice(1).entries())
        expect(place - (places[index] ?? 0)).toBeGreaterThanOrEqual(60)
    }
  })

  it.each([0.004, 3, 80, 4000, 90_000, 7_200_000])('labels an axis of %d ms', (end) => {
    const one = [unit(0, 0, end)]
    const labels = ticksOf(timelineScale(one, endsOf(one), true), 600).map(({ label }) => label)
    expect(labels.length).toBeGreaterThan(3)
    expect(new Set(labels).size).toBe(labels.length)
  })

  it('has nothing but the start for a moment', () => {
    const moment = [unit(0, 0, 0)]
    expect(ticksOf(timelineScale(moment, [0], true), 600)).toEqual([{ at: 0, label: '0', isGap: false }])
  })
})
