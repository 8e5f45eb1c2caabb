import { describe, expect, it } from '@jest/globals'
import { leaderboardPage } from '../../src/api/leagues/leaderboard-page.js'

const league = { id: 3, name: 'Harbour League' }
const standings = [
  { user: 'Ada', points: 9, picks: 2 },
  { user: 'Grace', points: 4, picks: 1 },
]

/** The cells of the table, row by row. */
function rowsOf(page: string): string[][] {
  return [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) => cell!),
  )
}

describe('leaderboardPage', () => {
  it('lists the standings in their order', () => {
    expect(rowsOf(leaderboardPage({ league, standings, pointsPerPick: false }))).toEqual([
      ['Rank', 'Player', 'Points'],
      ['1', 'Ada', '9'],
      ['2', 'Grace', '4'],
    ])
  })

  it('says what a pick has brought to those who are to see it', () => {
    expect(rowsOf(leaderboardPage({ league, standings, pointsPerPick: true }))).toEqual([
      ['Rank', 'Player', 'Points', 'Per pick'],
      ['1', 'Ada', '9', '4.5'],
      ['2', 'Grace', '4', '4.0'],
    ])
  })

  it('says so where nobody has points yet', () => {
    const page = leaderboardPage({ league, standings: [], pointsPerPick: true })

    expect(page).toContain('Nobody has points yet.')
    expect(page).not.toContain('<table')
  })

  it('shows names as text, whatever they are', () => {
    const hostile = '</style></title><script>alert(1)</script>'
    const page = leaderboardPage({
      league: { id: 3, name: hostile },
      standings: [{ user: hostile, points: 1, picks: 1 }],
      visitor: { id: 7, name: hostile },
      pointsPerPick: true,
    })

    expect(page).not.toContain('<script')
    expect(page.split('&lt;script&gt;alert(1)&lt;/script&gt;')).toHaveLength(5)
  })

  it('asks no other host for anything', () => {
    expect(leaderboardPage({ league, standings, pointsPerPick: true })).not.toMatch(
      /https?:|url\(|@import|src=/,
    )
  })
})
