import { Controller, Get, Inject, Param, ParseIntPipe, Post } from '@nestjs/common'
import type { Logger } from '@throughline/core'
import { InjectLogger } from '@throughline/nestjs'
import { TournamentRepository } from '../tournaments/tournament.repository.js'
import { type Draft, DraftRepository } from './draft.repository.js'

@Controller()
export class DraftsController {
  constructor(
    @Inject(DraftRepository) private readonly drafts: DraftRepository,
    @Inject(TournamentRepository) private readonly tournaments: TournamentRepository,
    @InjectLogger('draft') private readonly log: Logger<'draft', {}>,
  ) {}

  @Get('drafts')
  list(): Promise<Draft[]> {
    return this.drafts.list()
  }

  @Get('drafts/:draftId')
  find(@Param('draftId', ParseIntPipe) draftId: number): Promise<Draft> {
    return this.drafts.find(draftId)
  }

  @Post('tournaments/:tournamentId/drafts')
  async open(@Param('tournamentId', ParseIntPipe) tournamentId: number): Promise<Draft> {
    const { id } = await this.tournaments.find(tournamentId)
    const draft = await this.drafts.create(id)
    this.log.info('draft_opened', { 'draft.id': draft.id })
    return draft
  }
}
