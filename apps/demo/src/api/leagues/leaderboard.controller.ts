import { Controller, Get, Header, Inject, Param, ParseIntPipe, Req } from '@nestjs/common'
import { Public } from '../auth/public.js'
import type { VisitorRequest } from '../auth/token.guard.js'
import { Flags } from '../flags.js'
import { leaderboardPage } from './leaderboard-page.js'
import { LeagueRepository } from './league.repository.js'

export const LEADERBOARD_PATH = 'leagues/:leagueId/leaderboard'

/** A page for everybody; PosthogModule puts its script in while it is on. */
@Public()
@Controller(LEADERBOARD_PATH)
export class LeaderboardController {
  constructor(
    @Inject(LeagueRepository) private readonly leagues: LeagueRepository,
    @Inject(Flags) private readonly flags: Flags,
  ) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  // It names its visitor: nobody else may be given it.
  @Header('Cache-Control', 'private, no-cache')
  async show(
    @Param('leagueId', ParseIntPipe) leagueId: number,
    @Req() { user: visitor }: VisitorRequest,
  ): Promise<string> {
    const league = await this.leagues.find(leagueId)
    const [standings, pointsPerPick] = await Promise.all([
      this.leagues.standings(league),
      this.flags.pointsPerPick(visitor),
    ])
    return leaderboardPage({ league, standings, visitor, pointsPerPick })
  }
}
