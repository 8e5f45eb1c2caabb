import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { CatalogueEvent, CatalogueWarning } from '../../src/catalogue.js'
import { mergeEvents } from '../../src/merge/merge.js'
import { meetingEvent } from '../arbitraries.js'
import { readCases } from '../conformance/cases.js'

interface Case {
  id: string
  entries: CatalogueEvent[]
  expected: { entries: CatalogueEvent[]; warnings: Pick<CatalogueWarning, 'code' | 'at'>[] }
}

const { merge: cases } = readCases<{ merge: Case[] }>('catalogue')
const events = fc.array(meetingEvent, { maxLength: 12 })

const at = (location: string, level: CatalogueEvent['level'], attributes = {}): CatalogueEvent => ({
  name: 'e',
  level,
  attributes,
  locations: [location],
})

describe('mergeEvents, by the conformance cases', () => {
  it.each(cases.map((one) => [one.id, one] as const))('%s', (_id, { entries, expected }) => {
    const { events, warnings } = mergeEvents(entries)
    expect(events).toEqual(expected.entries)
    expect(warnings.map(({ code, at }) => ({ code, at }))).toEqual(expected.warnings)
  })
})

describe('mergeEvents', () => {
  it('sorts lines as numbers', () => {
    const [event] = mergeEvents([at('src/a.ts:10', 'info'), at('src/a.ts:9', 'warn')]).events
    expect(event).toMatchObject({ level: 'warn', locations: ['src/a.ts:9', 'src/a.ts:10'] })
  })

  it('takes the most severe level where one place has several', () => {
    const { events, warnings } = mergeEvents([at('src/a.ts:1', 'debug'), at('src/a.ts:1', 'error')])
    expect(events[0]?.level).toBe('error')
    expect(warnings).toMatchObject([{ code: 'W006', at: 'src/a.ts:1' }])
    expect(warnings[0]?.message).toContain(
      'is logged at debug here, but at error too, which the catalogue takes.',
    )
  })

  it('names both places and both levels in W006', () => {
    const { warnings } = mergeEvents([at('src/a.ts:10', 'info'), at('src/b.ts:20', 'debug')])
    expect(warnings).toEqual([
      {
        code: 'W006',
        at: 'src/b.ts:20',
        message:
          '`e` is logged at debug here, but at info at src/a.ts:10, which the catalogue takes. ' +
          'Log it at one level, or give one of them another name.',
      },
    ])
  })

  it('names both places and both kinds in W007', () => {
    const { warnings } = mergeEvents([
      at('src/a.ts:1', 'info', { 'user.id': 'number' }),
      at('src/b.ts:2', 'info', { 'user.id': 'string?' }),
    ])
    expect(warnings).toEqual([
      {
        code: 'W007',
        at: 'src/b.ts:2',
        message:
          'Attribute `user.id` of `e` is string here, but number at src/a.ts:1. Backends refuse or split a ' +
          'field whose kind changes: give it one kind, or one of them another key.',
      },
    ])
  })

  it.each([
    ['number | string', 'string', 0],
    ['string', 'number | string', 1],
    ['unknown', 'string', 0],
    ['string', 'unknown', 0],
    ['string', 'string[]', 1],
  ])('of %s and then %s makes %i warnings', (first, second, count) => {
    const { warnings } = mergeEvents([
      at('a.ts:1', 'info', { x: first }),
      at('a.ts:2', 'info', { x: second }),
    ])
    expect(warnings).toHaveLength(count)
  })

  it('compares kinds with the first place that knows one', () => {
    const { warnings } = mergeEvents([
      at('a.ts:1', 'info', { x: 'unknown' }),
      at('a.ts:2', 'info', { x: 'string' }),
      at('a.ts:3', 'info', { x: 'number' }),
    ])
    expect(warnings.map(({ at, message }) => [at, message.includes('string at a.ts:2')])).toEqual([
      ['a.ts:3', true],
    ])
  })

  it('gives nothing for nothing', () => {
    expect(mergeEvents([])).toEqual({ events: [], warnings: [] })
  })

  it('does not depend on the order of its input', () => {
    const shuffled = events.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(JSON.stringify(mergeEvents(other))).toBe(JSON.stringify(mergeEvents(list)))
      }),
    )
  })

  it('changes nothing of what is merged, and has nothing to say of it', () => {
    fc.assert(
      fc.property(events, (list) => {
        const once = mergeEvents(list)
        expect(mergeEvents(once.events)).toEqual({ events: once.events, warnings: [] })
      }),
    )
  })

  it('gives the same events however the input was grouped', () => {
    fc.assert(
      fc.property(events, events, (left, right) => {
        const inSteps = mergeEvents([...mergeEvents(left).events, ...mergeEvents(right).events])
        expect(inSteps.events).toEqual(mergeEvents([...left, ...right]).events)
      }),
    )
  })

  it('does not count what is given twice', () => {
    fc.assert(
      fc.property(events, (list) => {
        expect(mergeEvents([...list, ...list])).toEqual(mergeEvents(list))
      }),
    )
  })
})
