import { Inject, Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'

export interface RatedPick {
  id: number
  draftId: number
  userId: number
  leagueId: number
  hero: string
}

@Injectable()
export class StatsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async pick(id: number): Promise<RatedPick> {
    const [pick] = await this.database.query<RatedPick>(
      `select picks.id, draft_id as "draftId", user_id as "userId", league_id as "leagueId", hero
       from picks join drafts on drafts.id = draft_id join tournaments on tournaments.id = tournament_id
       where picks.id = $1`,
      [id],
    )
    if (pick === undefined) throw new Error(`there is no pick ${id}`)
    return pick
  }

  /** Counts the pick and gives its user the points; returns how often the hero has been picked. */
  async record({ hero, leagueId, userId }: RatedPick, points: number): Promise<number> {
    const [stats] = await this.database.query<{ picks: number }>(
      `with standing as (
         insert into standings values ($2, $3, $4)
         on conflict (league_id, user_id) do update set points = standings.points + excluded.points)
       insert into hero_stats values ($1, 1)
       on conflict (hero) do update set picks = hero_stats.picks + 1 returning picks`,
      [hero, leagueId, userId, points],
    )
    return stats!.picks
  }
}
