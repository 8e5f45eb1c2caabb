import { describe, expect, it } from '@jest/globals'
import { filterEvents } from '../../src/page/events/filter-events.js'
import { makeFixture } from '../support/fixture.js'

const { rows } = makeFixture(0).events
const names = (text: string, onlyUnknown = false) =>
  filterEvents(rows, text, onlyUnknown).map(({ event }) => event)

describe('filterEvents', () => {
  it('puts the worst first, then the most frequent', () => {
    expect(names('').slice(0, 4)).toEqual([
      'job_failed',
      'draft.pick_conflict',
      'job_started',
      'job_completed',
    ])
  })

  it('looks at name, level and service', () => {
    expect(names('CONFLICT')).toEqual(['draft.pick_conflict'])
    expect(names('warn')).toEqual(['draft.pick_conflict'])
    expect(names('live')).toEqual(['live.pick_sent', 'ws_connected'])
  })

  it('keeps those that no catalogue lists', () => {
    expect(names('', true)).toEqual(['notify.template_rendered'])
  })
})
