import { type CanActivate, type ExecutionContext, NotFoundException, UseGuards } from '@nestjs/common'
import { currentPosthog } from '../client/get-posthog.js'
import type { FlagOptions } from '../flags/flags.js'

/**
 * Lets a controller or a handler answer only those for whom a flag is on; others get 404 (P5).
 *
 * A guard like any other: it stands behind the global ones, so it knows the user that they found.
 *
 * @example
 * @RequireFlag('new-lobby', { default: false })
 * @Get('lobby')
 * lobby() {}
 */
export function RequireFlag(flag: string, options?: FlagOptions<boolean>): ClassDecorator & MethodDecorator {
  return UseGuards(new FlagGuard(flag, options))
}

class FlagGuard implements CanActivate {
  constructor(
    private readonly flag: string,
    private readonly options: FlagOptions<boolean> | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const posthog = currentPosthog()
    const id = posthog.idOf(context.switchToHttp().getRequest<unknown>())
    if (await posthog.isFeatureEnabled(this.flag, id, this.options)) return true
    throw new NotFoundException()
  }
}
