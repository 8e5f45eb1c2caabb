import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Database } from '../../database/database.js'
import type { Team } from './bracket.js'

export interface Tournament {
  id: number
  leagueId: number
  name: string
}

/** The demo has one league. */
const LEAGUE = 3
const COLUMNS = 'id, league_id as "leagueId", name'

@Injectable()
export class TournamentRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(name: string): Promise<Tournament> {
    const sql = `insert into tournaments (league_id, name) values ($1, $2) returning ${COLUMNS}`
    const [created] = await this.database.query<Tournament>(sql, [LEAGUE, name])
    return created!
  }

  async find(id: number): Promise<Tournament> {
    const sql = `select ${COLUMNS} from tournaments where id = $1`
    const [found] = await this.database.query<Tournament>(sql, [id])
    if (found === undefined) throw new NotFoundException(`there is no tournament ${id}`)
    return found
  }

  teams({ id }: Tournament): Promise<Team[]> {
    return this.database.query('select name, points from teams where tournament_id = $1', [id])
  }
}
