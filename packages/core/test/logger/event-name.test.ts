import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { eventName } from '../../src/logger/event-name.js'
import { readCases } from '../conformance/cases.js'

interface Case {
  id: string
  logger: string | null
  body: string
  expected: string
}

/** The rule as it is written down, in steps that are not linear. */
function byTheBook(event: string): string {
  if (event === '') return 'unknown'
  return event
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase()
}

describe('eventName', () => {
  it.each(readCases<{ event_names: Case[] }>('log-records').event_names)(
    '$id',
    ({ logger, body, expected }) => {
      expect(eventName(logger ?? undefined, body)).toBe(expected)
    },
  )

  it('agrees with the rule on any string', () => {
    const letters = fc.string({ unit: fc.constantFrom('A', 'B', 'a', 'b', '1', '-', '_', '.', ' ', 'É') })
    fc.assert(
      fc.property(fc.oneof(letters, fc.string()), (event) => {
        expect(eventName(undefined, event)).toBe(byTheBook(event))
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps the domain verbatim', () => {
    expect(eventName('My-Domain.X', 'Done')).toBe('My-Domain.X.done')
  })

  it('makes a name of its own output without changing it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (event) => {
        const once = eventName(undefined, event)
        expect(eventName(undefined, once)).toBe(once)
      }),
    )
  })
})
