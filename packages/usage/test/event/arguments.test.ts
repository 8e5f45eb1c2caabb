import { describe, expect, it } from '@jest/globals'
import { eventArguments, timedArguments, timedWork } from '../../src/event/arguments.js'

const work = (): number => 1

describe('the surface', () => {
  it('of an event may be left out', () => {
    const attributes = { outcome: 'ok' }
    expect(eventArguments('own', ['init', attributes])).toEqual({ surface: 'own', event: 'init', attributes })
    expect(eventArguments('own', ['cli', 'init', attributes])).toEqual({
      surface: 'cli',
      event: 'init',
      attributes,
    })
    expect(eventArguments('own', ['init'])).toEqual({ surface: 'own', event: 'init', attributes: undefined })
  })

  it('of what is timed may be left out', () => {
    const attributes = { outcome: 'ok' }
    expect(timedArguments('own', ['emit', work, attributes])).toEqual({
      surface: 'own',
      event: 'emit',
      attributes,
    })
    expect(timedArguments('own', ['cli', 'emit', work, attributes])).toEqual({
      surface: 'cli',
      event: 'emit',
      attributes,
    })
    expect(timedWork(['emit', work])).toBe(work)
    expect(timedWork(['cli', 'emit', work])).toBe(work)
  })

  it('is found although the work is missing', () => {
    expect(timedWork(['cli', 'emit'])()).toBeUndefined()
    expect(timedWork([])()).toBeUndefined()
  })
})
