import { Body, Controller, Get, Inject, Param, ParseIntPipe, Post } from '@nestjs/common'
import type { Logger } from '@throughline/core'
import { InjectLogger } from '@throughline/nestjs'
import { textIn } from '../body.js'
import { type Team, topSeed } from './bracket.js'
import { type Tournament, TournamentRepository } from './tournament.repository.js'

@Controller('tournaments')
export class TournamentsController {
  constructor(
    @Inject(TournamentRepository) private readonly tournaments: TournamentRepository,
    @InjectLogger('tournament') private readonly log: Logger<'tournament', {}>,
  ) {}

  @Post()
  async create(@Body() body: unknown): Promise<Tournament> {
    const tournament = await this.tournaments.create(textIn(body, 'name'))
    this.log.info('tournament_created', { 'tournament.id': tournament.id })
    return tournament
  }

  @Get(':tournamentId')
  find(@Param('tournamentId', ParseIntPipe) tournamentId: number): Promise<Tournament> {
    return this.tournaments.find(tournamentId)
  }

  /** Fails as code fails: nobody thought of a tournament that has no teams yet. */
  @Get(':tournamentId/bracket')
  async bracket(@Param('tournamentId', ParseIntPipe) tournamentId: number): Promise<{ topSeed: Team }> {
    const teams = await this.tournaments.teams(await this.tournaments.find(tournamentId))
    this.log.debug('bracket_seeding', { teams: teams.length })
    return { topSeed: topSeed(teams) }
  }
}
