import { InjectQueue } from '@nestjs/bullmq'
import { Inject, Injectable } from '@nestjs/common'
import type { Logger } from '@throughline/core'
import { InjectLogger } from '@throughline/nestjs'
import type { Queue } from 'bullmq'
import { MATCH_STATS, type MatchStatsData, PROCESS_MATCH_STATS } from '../../shared/match-stats-queue.js'
import { DraftRepository, type Pick } from './draft.repository.js'

@Injectable()
export class PicksService {
  constructor(
    @Inject(DraftRepository) private readonly drafts: DraftRepository,
    @InjectQueue(MATCH_STATS) private readonly queue: Queue<MatchStatsData>,
    @InjectLogger('draft') private readonly log: Logger<'draft', {}>,
  ) {}

  /** Stores a pick and leaves what follows from it to the worker: the job takes this request's context along. */
  async make(wanted: { tournamentId: number; draftId: number; userId: number; hero: string }): Promise<Pick> {
    const draft = await this.drafts.find(wanted.draftId, wanted.tournamentId)
    const pick = await this.drafts.addPick(draft, wanted.userId, wanted.hero)
    this.log.info('pick_made', { 'pick.id': pick.id, 'hero.name': pick.hero })
    await this.queue.add(PROCESS_MATCH_STATS, { pickId: pick.id })
    return pick
  }
}
