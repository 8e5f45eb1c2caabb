import { Body, Controller, HttpCode, Inject, Param, ParseIntPipe, Post, Req } from '@nestjs/common'
import { Labels } from '@throughline/nestjs'
import type { UserRequest } from '../auth/token.guard.js'
import { textIn } from '../body.js'
import type { Pick } from './draft.repository.js'
import { PicksService } from './picks.service.js'

// The path says tournament and draft; what it cannot say is added here.
@Labels('pick')
@Controller('tournaments/:tournamentId/drafts/:draftId/picks')
export class PicksController {
  constructor(@Inject(PicksService) private readonly picks: PicksService) {}

  /** Accepted: the result comes over the draft's socket. */
  @Post()
  @HttpCode(202)
  make(
    @Param('tournamentId', ParseIntPipe) tournamentId: number,
    @Param('draftId', ParseIntPipe) draftId: number,
    @Body() body: unknown,
    @Req() { user }: UserRequest,
  ): Promise<Pick> {
    return this.picks.make({ tournamentId, draftId, userId: user.id, hero: textIn(body, 'hero') })
  }
}
