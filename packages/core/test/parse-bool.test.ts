import { describe, expect, it } from '@jest/globals'
import { parseBool } from '../src/parse-bool.js'
import { readCases } from './conformance/cases.js'

interface Case {
  id: string
  raw: string | null
  default: boolean
  expected: boolean
}

describe('parseBool', () => {
  it.each(readCases<{ cases: Case[] }>('truthy').cases)('$id', ({ raw, default: fallback, expected }) => {
    expect(parseBool(raw ?? undefined, fallback)).toBe(expected)
  })

  it('trims', () => {
    expect(parseBool(' on\n', false)).toBe(true)
  })

  it('falls back for what is not a string', () => {
    expect(parseBool(1 as never, false)).toBe(false)
  })
})
