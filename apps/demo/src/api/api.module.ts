import { BullModule } from '@nestjs/bullmq'
import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { TelemetryModule } from '@throughline/nestjs'
import { PosthogModule } from '@throughline/posthog/nestjs'
import { DatabaseModule } from '../database/database.module.js'
import { Migrations } from '../database/migrate.js'
import { labels } from '../shared/labels.js'
import { MATCH_STATS, queueOptions } from '../shared/match-stats-queue.js'
import { TokenGuard } from './auth/token.guard.js'
import { DraftRepository } from './drafts/draft.repository.js'
import { DraftsController } from './drafts/drafts.controller.js'
import { PicksController } from './drafts/picks.controller.js'
import { PicksService } from './drafts/picks.service.js'
import { Flags } from './flags.js'
import { LeaderboardController } from './leagues/leaderboard.controller.js'
import { LeagueRepository } from './leagues/league.repository.js'
import { LeaguesController } from './leagues/leagues.controller.js'
import { DraftGateway } from './live/draft.gateway.js'
import { DraftSockets } from './live/draft-sockets.js'
import { PickResultsListener } from './live/pick-results.listener.js'
import { TournamentRepository } from './tournaments/tournament.repository.js'
import { TournamentsController } from './tournaments/tournaments.controller.js'
import { UserRepository } from './users/user.repository.js'
import { UsersController } from './users/users.controller.js'

@Module({
  imports: [
    // The user is `request.user.id`, where the guard puts it; an option `user` would say otherwise.
    TelemetryModule.forRoot({ serviceName: 'tournament-api', labels }),
    // Off without POSTHOG_API_KEY. On: errors with their user, flags, and the script in pages.
    PosthogModule.forRoot(),
    BullModule.forRootAsync({ useFactory: queueOptions }),
    BullModule.registerQueue({ name: MATCH_STATS }),
    DatabaseModule,
  ],
  controllers: [
    TournamentsController,
    DraftsController,
    PicksController,
    LeaguesController,
    LeaderboardController,
    UsersController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: TokenGuard },
    Migrations,
    UserRepository,
    TournamentRepository,
    DraftRepository,
    LeagueRepository,
    Flags,
    PicksService,
    DraftGateway,
    DraftSockets,
    PickResultsListener,
  ],
})
export class ApiModule {}
