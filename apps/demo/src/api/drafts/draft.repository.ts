import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Database } from '../../database/database.js'

export interface Draft {
  id: number
  tournamentId: number
}

export interface Pick {
  id: number
  hero: string
}

@Injectable()
export class DraftRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(tournamentId: number): Promise<Draft> {
    const sql = 'insert into drafts (tournament_id) values ($1) returning id, tournament_id as "tournamentId"'
    const [created] = await this.database.query<Draft>(sql, [tournamentId])
    return created!
  }

  list(): Promise<Draft[]> {
    return this.database.query('select id, tournament_id as "tournamentId" from drafts order by id')
  }

  async find(draftId: number, tournamentId?: number): Promise<Draft> {
    const [found] = await this.database.query<Draft>(
      `select id, tournament_id as "tournamentId" from drafts
       where id = $1 and tournament_id = coalesce($2, tournament_id)`,
      [draftId, tournamentId],
    )
    if (found === undefined) throw new NotFoundException(`there is no such draft ${draftId}`)
    return found
  }

  /** Each hero can be picked once in a draft. */
  async addPick(draft: Draft, userId: number, hero: string): Promise<Pick> {
    const [pick] = await this.database.query<Pick>(
      `insert into picks (draft_id, user_id, hero) values ($1, $2, $3)
       on conflict do nothing returning id, hero`,
      [draft.id, userId, hero],
    )
    if (pick === undefined) throw new ConflictException(`${hero} is taken`)
    return pick
  }
}
