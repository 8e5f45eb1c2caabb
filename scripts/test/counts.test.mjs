import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { closingLine, readClosingLine, sumClosingLines } from '../checks/counts.mjs'

describe('closingLine', () => {
  it('names skipped tests only where there are some', () => {
    assert.equal(closingLine({ passed: 3, failed: 0, skipped: 0 }), '3 passed, 0 failed')
    assert.equal(closingLine({ passed: 3, failed: 1, skipped: 2 }), '3 passed, 1 failed, 2 skipped')
  })
})

describe('readClosingLine', () => {
  it('reads what closingLine writes', () => {
    for (const counts of [
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 12, failed: 1, skipped: 2 },
    ]) {
      assert.deepEqual(readClosingLine(closingLine(counts)), counts)
    }
  })

  it('takes anything else for one failure', () => {
    for (const line of ['', 'npm error code 1', 'Tests: 3 passed, 0 failed']) {
      assert.deepEqual(readClosingLine(line), { passed: 0, failed: 1, skipped: 0 })
    }
  })
})

describe('sumClosingLines', () => {
  it('adds up any number of lines', () => {
    assert.deepEqual(sumClosingLines([]), { passed: 0, failed: 0, skipped: 0 })
    const lines = ['3 passed, 0 failed', '12 passed, 1 failed, 2 skipped', '0 passed, 0 failed\n']
    assert.deepEqual(sumClosingLines(lines), { passed: 15, failed: 1, skipped: 2 })
  })

  it('counts a command that broke off as one failure', () => {
    const lines = ['3 passed, 0 failed', 'npm error code 1', '4 passed, 0 failed']
    assert.deepEqual(sumClosingLines(lines), { passed: 7, failed: 1, skipped: 0 })
  })
})
