import { describe, expect, it } from '@jest/globals'
import { readCases } from '../conformance/cases.js'
import { type ScanCase, scanCases } from './scan-cases.js'

const { scan: cases } = readCases<{ scan: readonly ScanCase[] }>('catalogue')
const results = scanCases(cases)

describe('scan, by the conformance cases', () => {
  it('has all of them', () => {
    expect(cases).toHaveLength(60)
  })

  it.each(cases)('$id', ({ id, expected }) => {
    const { entries, warnings } = results.get(id) ?? { entries: [], warnings: [] }
    expect(new Set(entries)).toEqual(new Set(expected.entries))
    expect(entries).toHaveLength(expected.entries.length)
    expect(warnings.map(({ code, at }) => ({ code, at }))).toEqual(expected.warnings)
  })
})
