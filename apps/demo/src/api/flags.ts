import { Injectable } from '@nestjs/common'
import { parseBool } from '@throughline/core'
import type { Posthog } from '@throughline/posthog'
import { InjectPosthog } from '@throughline/posthog/nestjs'
import type { User } from './users/user.repository.js'

/** What is shown to some and not to others. */
@Injectable()
export class Flags {
  constructor(@InjectPosthog() private readonly posthog: Posthog) {}

  /** Whether somebody sees points per pick: PostHog decides, the environment where it is off or does not answer. */
  pointsPerPick(user: User | undefined): Promise<boolean> {
    const byDefault = parseBool(process.env.POINTS_PER_PICK, false)
    return this.posthog.isFeatureEnabled('points-per-pick', user?.id, { default: byDefault })
  }
}
