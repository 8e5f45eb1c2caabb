import { describe, expect, it } from '@jest/globals'
import { shortName } from '../../src/page/text/short-name.js'

describe('shortName', () => {
  it.each([
    ['GET /api/users/me', 'GET /api/users/me'],
    ['POST /api/tournaments/{tournamentId}/drafts/{draftId}/picks', 'POST …/drafts/{draftId}/picks'],
    ['GET /api/tournaments/{tournamentId}/bracket', 'GET …/{tournamentId}/bracket'],
    [
      'GET /a-single-segment-that-is-longer-than-any-row',
      'GET …/a-single-segment-that-is-longer-than-any-row',
    ],
    ['process_match_stats_of_a_whole_tournament', 'process_match_stats_of_a_whole_tournament'],
    ['', ''],
  ])('of %j is %j', (name, short) => {
    expect(shortName(name)).toBe(short)
  })
})
