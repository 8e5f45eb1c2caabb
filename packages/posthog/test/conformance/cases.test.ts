import { describe, expect, it } from '@jest/globals'
import { CASES, conformance, GROUPS } from './cases.js'

describe('the shared cases', () => {
  it('are all in a group that a suite goes through', () => {
    expect(GROUPS.flatMap((group) => conformance(group))).toHaveLength(CASES.length)
    expect(CASES).toHaveLength(70)
  })
})
