import { OnWorkerEvent, Processor } from '@nestjs/bullmq'
import { Inject } from '@nestjs/common'
import { TelemetryWorkerHost } from '@throughline/bullmq/nestjs'
import type { Logger } from '@throughline/core'
import { InjectLogger } from '@throughline/nestjs'
import type { Job } from 'bullmq'
import { MATCH_STATS, type MatchStatsData } from '../shared/match-stats-queue.js'
import type { PickResult } from '../shared/pick-result.js'
import { PickResultsPublisher } from './pick-results.publisher.js'
import { StatsRepository } from './stats.repository.js'
import { StatsService } from './stats.service.js'

/** Each attempt runs in the context of the request that added the job, between `job_started` and its end. */
@Processor(MATCH_STATS, { concurrency: 4 })
export class MatchStatsProcessor extends TelemetryWorkerHost {
  constructor(
    @Inject(StatsRepository) private readonly stats: StatsRepository,
    @Inject(StatsService) private readonly service: StatsService,
    @Inject(PickResultsPublisher) private readonly results: PickResultsPublisher,
    @InjectLogger('stats') private readonly log: Logger<'stats', {}>,
  ) {
    super()
  }

  async process(job: Job<MatchStatsData, PickResult>): Promise<PickResult> {
    const pick = await this.stats.pick(job.data.pickId)
    // Below this process's LOG_LEVEL: it is written only if the attempt fails.
    this.log.debug('rating_requested', { 'pick.id': pick.id, 'hero.name': pick.hero })
    const points = await this.service.rate(pick.hero, job.attemptsMade + 1)
    const timesPicked = await this.stats.record(pick, points)
    this.log.info('stats_processed', { 'hero.name': pick.hero, points })
    return { pickId: pick.id, draftId: pick.draftId, hero: pick.hero, timesPicked }
  }

  /** Worker events have the job's context too: the result takes it along. */
  @OnWorkerEvent('completed')
  async onCompleted(_job: Job, result: PickResult): Promise<void> {
    await this.results.publish(result)
  }
}
