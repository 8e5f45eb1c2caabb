import { Controller, Get, Inject, Param, ParseIntPipe } from '@nestjs/common'
import { Database } from '../../database/database.js'

interface Standing {
  user: string
  points: number
}

@Controller('leagues')
export class LeaguesController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get(':leagueId/standings')
  standings(@Param('leagueId', ParseIntPipe) leagueId: number): Promise<Standing[]> {
    return this.database.query(
      `select users.name as user, points from standings join users on users.id = user_id
       where league_id = $1 order by points desc, users.id`,
      [leagueId],
    )
  }
}
