import { describe, expect, it } from '@jest/globals'
import { writtenCases } from './cases/all.js'
import { asLines, asScanCase } from './cases/written-case.js'
import { scanCases } from './scan-cases.js'

const results = scanCases(writtenCases.map((one) => asScanCase(one, one.id)))

describe('scan, by what people write', () => {
  it.each(writtenCases)('$group: it $title', ({ id, finds }) => {
    expect(asLines(results.get(id) ?? { entries: [], warnings: [] })).toEqual(finds)
  })
})
