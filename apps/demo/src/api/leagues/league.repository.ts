import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Database } from '../../database/database.js'

export interface League {
  id: number
  name: string
}

export interface Standing {
  user: string
  points: number
  /** How many heroes the user has picked in the league. */
  picks: number
}

@Injectable()
export class LeagueRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async find(id: number): Promise<League> {
    // A number in a path may be larger than any id.
    const sql = 'select id, name from leagues where id::numeric = $1'
    const [found] = await this.database.query<League>(sql, [id])
    if (found === undefined) throw new NotFoundException(`there is no league ${id}`)
    return found
  }

  /** The best first. */
  standings({ id }: League): Promise<Standing[]> {
    return this.database.query(
      `select users.name as "user", points, count(picks.id)::int as picks
       from standings join users on users.id = standings.user_id
       left join tournaments on tournaments.league_id = standings.league_id
       left join drafts on drafts.tournament_id = tournaments.id
       left join picks on picks.draft_id = drafts.id and picks.user_id = users.id
       where standings.league_id = $1 group by users.id, points order by points desc, users.id`,
      [id],
    )
  }
}
