import { Controller, Get, Inject, Param, ParseIntPipe } from '@nestjs/common'
import { LeagueRepository, type Standing } from './league.repository.js'

@Controller('leagues')
export class LeaguesController {
  constructor(@Inject(LeagueRepository) private readonly leagues: LeagueRepository) {}

  @Get(':leagueId/standings')
  async standings(@Param('leagueId', ParseIntPipe) leagueId: number): Promise<Standing[]> {
    return this.leagues.standings(await this.leagues.find(leagueId))
  }
}
