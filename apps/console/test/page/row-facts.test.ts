import { describe, expect, it } from '@jest/globals'
import type { ViewRow } from '../../src/shared/api.js'
import {
  endsOf,
  hintOf,
  indexOfRow,
  isProblem,
  rowId,
  searchText,
  timeInWords,
} from '../../src/page/request/row-facts.js'
import { pickRequest } from '../support/fixture-pick.js'
import { openRequest } from '../support/fixture-states.js'
import { rowMaker } from '../support/fixture-request.js'

const { unit, span, line } = rowMaker()
const pick = () => pickRequest('pick', 0).view().rows
const named = (rows: readonly ViewRow[], name: string) =>
  rows.find((row) => (row.type === 'line' ? row.event : row.name) === name) as ViewRow

describe('rowId', () => {
  it('names a record by its number, and finds it again', () => {
    const rows = pick()
    expect(rows.map((row, index) => indexOfRow(rows, rowId(row, index)))).toEqual(
      rows.map((_, index) => index),
    )
  })

  it('names work without a record by its span', () => {
    expect(rowId(unit(0, 0, 1, { seq: undefined, spanId: 'abc' }), 4)).toBe('unit-abc')
  })
})

describe('endsOf', () => {
  it('lets open work end with its last record', () => {
    expect(endsOf(openRequest('open', 0).view().rows)[0]).toBe(90)
  })

  it('leaves work that has ended alone, however late its lines are', () => {
    expect(endsOf([unit(0, 0, 10), line(1, 30, 'late')])).toEqual([10, 30])
  })
})

describe('isProblem', () => {
  it('holds for failed work and for lines of error and above', () => {
    expect(
      pick()
        .filter(isProblem)
        .map((row) => row.at),
    ).toEqual([66, 71, 110])
  })
})

describe('hintOf', () => {
  it('is the queue of a job, the text of a line, else its first plain attributes', () => {
    const rows = pick()
    const names = ['notify_pick', 'job_failed', 'draft.pick_validated', 'INSERT picks']
    expect(names.map((name) => hintOf(named(rows, name)))).toEqual([
      'notifications',
      'Webhook answered 503: upstream is restarting',
      'id=74 number=3',
      '',
    ])
  })

  it('takes no list and no object for a hint', () => {
    expect(
      hintOf(line(0, 0, 'x', { attributes: { list: [1], map: { a: 1 }, none: null, plain: 'b' } })),
    ).toBe('plain=b')
  })
})

describe('timeInWords', () => {
  it('says when, how long, how it ended and what it waited for', () => {
    expect(timeInWords(named(pick(), 'notify_pick'))).toBe(
      'from +66.0 ms, 44.5 ms, failed, after 27.8 ms of queue',
    )
  })

  it('says that work has not ended', () => {
    expect(timeInWords(unit(0, 0, undefined))).toBe('from +0 ms, not ended')
  })
})

describe('searchText', () => {
  it('holds the statement, the attributes and the error', () => {
    expect(searchText(named(pick(), 'INSERT picks'))).toContain('insert into picks')
    expect(searchText(named(pick(), 'job_failed'))).toContain('job.queue=notifications')
    expect(searchText(span(0, 0, 1, { name: 'x', error: { message: 'Broken Pipe' } }))).toContain(
      'broken pipe',
    )
  })
})
