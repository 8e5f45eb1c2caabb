import { describe, expect, it } from '@jest/globals'
import { benchRow } from '../src/bench.mjs'
import { BUDGETS } from '../src/claims.mjs'
import { loadRow, ROW_NAMES } from '../src/rows.mjs'

/** Servers and a dozen processes on a machine that may have other work. */
const PATIENCE_MS = 60_000

describe('the rows', () => {
  it.each(ROW_NAMES)(
    '%s: every variant of ours runs, and writes what it is compared by',
    async (name) => {
      await benchRow(name, { rounds: 0, size: 'smoke', peers: false })
    },
    PATIENCE_MS,
  )

  it.each(Object.entries(BUDGETS))('%s has a claim for each of its budgets', async (name, budgets) => {
    const { claims } = await loadRow(name)
    expect(Object.keys(claims)).toEqual(expect.arrayContaining(Object.keys(budgets as object)))
  })
})
