import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sumCounts } from '../checks/suites.mjs'

describe('sumCounts', () => {
  const good = { passed: 3, failed: 0, skipped: 1 }

  it('adds up', () => {
    assert.deepEqual(sumCounts([good, { passed: 2, failed: 1, skipped: 0 }], false), {
      passed: 5,
      failed: 1,
      skipped: 1,
    })
  })

  it('counts a suite without results as one failure', () => {
    assert.deepEqual(sumCounts([good, undefined], false), { passed: 3, failed: 1, skipped: 1 })
  })

  it('counts a run that fails although every test passed as one failure', () => {
    assert.deepEqual(sumCounts([good], false), { passed: 3, failed: 1, skipped: 1 })
    assert.deepEqual(sumCounts([good], true), good)
  })
})
