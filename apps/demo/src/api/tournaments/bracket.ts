export interface Team {
  name: string
  points: number
}

/** The team that the others have to beat. */
export function topSeed(teams: readonly Team[]): Team {
  return teams.reduce((best, team) => (team.points > best.points ? team : best))
}
