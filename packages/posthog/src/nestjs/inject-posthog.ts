import { Inject } from '@nestjs/common'
import { POSTHOG } from './options.js'

/**
 * Injects PostHog, a `Posthog`.
 *
 * @example
 * constructor(@InjectPosthog() private readonly posthog: Posthog) {}
 */
export function InjectPosthog(): PropertyDecorator & ParameterDecorator {
  return Inject(POSTHOG)
}
