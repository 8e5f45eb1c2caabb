import { describe, expect, it } from '@jest/globals'
import { countNew, mergeHead, replaceRows, withoutKeys } from '../../src/page/list/merge-head.js'
import { fixtureRow } from '../support/fixture-request.js'

/** Newest first, as a list is: the key is the time. */
const rows = (...times: number[]) => times.map((time) => fixtureRow({ key: String(time), started: time }))
const keys = (list: { rows: readonly { key: string }[] }) => list.rows.map(({ key }) => Number(key))

describe('mergeHead', () => {
  it('puts what is new on top of what is known', () => {
    const merged = mergeHead({ rows: rows(5, 4, 3, 2), next: 'b' }, { rows: rows(7, 6, 5), next: 'a' })
    expect(keys(merged)).toEqual([7, 6, 5, 4, 3, 2])
    expect(merged.next).toBe('b')
  })

  it('drops what is known but no longer among the newest', () => {
    expect(keys(mergeHead({ rows: rows(6, 5, 4), next: 'b' }, { rows: rows(6, 4, 3), next: 'a' }))).toEqual([
      6, 4, 3,
    ])
  })

  it('starts again where the newest do not reach down to what is known', () => {
    expect(mergeHead({ rows: rows(2, 1) }, { rows: rows(9, 8), next: 'a' })).toEqual({
      rows: rows(9, 8),
      next: 'a',
    })
  })

  it('believes a head that is all there is', () => {
    expect(keys(mergeHead({ rows: rows(5, 4), next: 'b' }, { rows: rows(5) }))).toEqual([5])
  })

  it('takes the newer version of a row', () => {
    const head = [fixtureRow({ key: '5', started: 5, version: 2 })]
    expect(mergeHead({ rows: rows(5, 4), next: 'b' }, { rows: head, next: 'a' }).rows[0]?.version).toBe(2)
  })
})

describe('countNew', () => {
  it('counts what is not known', () => {
    expect(countNew({ rows: rows(3, 2) }, { rows: rows(5, 4, 3), next: 'a' })).toEqual({
      count: 2,
      more: false,
    })
  })

  it('says that there are more when even the last one is new', () => {
    expect(countNew({ rows: rows(1) }, { rows: rows(5, 4), next: 'a' })).toEqual({ count: 2, more: true })
  })
})

describe('replaceRows', () => {
  it('changes rows in their places and adds none', () => {
    const changed = [fixtureRow({ key: '2', started: 2, version: 9 }), ...rows(7)]
    expect(replaceRows({ rows: rows(3, 2) }, changed).rows.map(({ key, version }) => [key, version])).toEqual(
      [
        ['3', 1],
        ['2', 9],
      ],
    )
  })

  it('keeps the very list when nothing of it has changed', () => {
    const known = { rows: rows(3, 2) }
    expect(replaceRows(known, rows(7))).toBe(known)
  })
})

describe('withoutKeys', () => {
  it('lets go of what left the store', () => {
    expect(keys(withoutKeys({ rows: rows(3, 2, 1) }, ['2', '9']))).toEqual([3, 1])
  })
})
