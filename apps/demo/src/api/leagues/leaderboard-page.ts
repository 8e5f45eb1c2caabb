import { type Html, html } from '../html.js'
import type { User } from '../users/user.repository.js'
import { style } from './leaderboard-style.js'
import type { League, Standing } from './league.repository.js'

export interface Leaderboard {
  league: League
  standings: readonly Standing[]
  /** Who looks at it, where that is known. */
  visitor?: User | undefined
  /** Whether it says what a pick has brought. */
  pointsPerPick: boolean
}

/** The leaderboard of a league, as a page. */
export function leaderboardPage({ league, standings, visitor, pointsPerPick }: Leaderboard): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${league.name}: leaderboard</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <h1>${league.name}</h1>
          ${visitor === undefined ? '' : html`<p>Signed in as ${visitor.name}</p>`}
          ${standings.length === 0 ? html`<p>Nobody has points yet.</p>` : table(standings, pointsPerPick)}
        </main>
      </body>
    </html>`.text
}

function table(standings: readonly Standing[], pointsPerPick: boolean): Html {
  return html`<table>
    <caption>
      Leaderboard
    </caption>
    <thead>
      <tr>
        <th scope="col">Rank</th>
        <th scope="col">Player</th>
        <th scope="col">Points</th>
        ${pointsPerPick ? html`<th scope="col">Per pick</th>` : ''}
      </tr>
    </thead>
    <tbody>
      ${standings.map((standing, index) => row(standing, index + 1, pointsPerPick))}
    </tbody>
  </table>`
}

function row({ user, points, picks }: Standing, rank: number, pointsPerPick: boolean): Html {
  return html` <tr>
    <td>${rank}</td>
    <th scope="row">${user}</th>
    <td>${points}</td>
    ${pointsPerPick ? html`<td>${(points / Math.max(picks, 1)).toFixed(1)}</td>` : ''}
  </tr>`
}
