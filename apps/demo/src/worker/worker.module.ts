import { BullModule } from '@nestjs/bullmq'
import { Module } from '@nestjs/common'
import { TelemetryModule } from '@throughline/nestjs'
import { PosthogModule } from '@throughline/posthog/nestjs'
import { DatabaseModule } from '../database/database.module.js'
import { labels } from '../shared/labels.js'
import { MATCH_STATS, queueOptions } from '../shared/match-stats-queue.js'
import { MatchStatsProcessor } from './match-stats.processor.js'
import { PickResultsPublisher } from './pick-results.publisher.js'
import { StatsRepository } from './stats.repository.js'
import { StatsService } from './stats.service.js'

@Module({
  imports: [
    // The same labels as in the API: their ids are what may come in with a job.
    TelemetryModule.forRoot({ serviceName: 'tournament-worker', labels }),
    // Attempts that fail, with the request and the user that they are for.
    PosthogModule.forRoot(),
    BullModule.forRootAsync({ useFactory: queueOptions }),
    BullModule.registerQueue({ name: MATCH_STATS }),
    DatabaseModule,
  ],
  providers: [MatchStatsProcessor, PickResultsPublisher, StatsRepository, StatsService],
})
export class WorkerModule {}
