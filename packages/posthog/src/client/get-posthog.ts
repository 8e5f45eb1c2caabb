import { insist } from '@throughline/core/binding'
import { loadPosthogConfig } from '../config/config.js'
import type { Posthog, PosthogOptions } from '../posthog.js'
import type { PosthogHandle } from './handle.js'
import { createPosthogOff } from './posthog-off.js'
import { RunningPosthog } from './running-posthog.js'
import { importSdk, type LoadSdk } from './sdk.js'
import { shared } from './shared.js'

/**
 * PostHog of this process: started by the first call, from the environment; later calls return the same (P1).
 *
 * Without `POSTHOG_API_KEY` it is off, and posthog-node is not loaded. Never throws: what is wrong with the settings is
 * one line each. Options are those of the first call.
 *
 * @example
 * const posthog = getPosthog({ envPrefix: 'ORDERS' })
 * posthog.capture('order_placed', user.id, { total: 42 })
 */
export function getPosthog(options: PosthogOptions = {}): Posthog {
  return currentPosthog(options)
}

/** As `getPosthog`, for the rest of this package. */
export function currentPosthog(options: PosthogOptions = {}): PosthogHandle {
  const { posthog } = shared
  if (posthog === undefined) return (shared.posthog = startPosthog(options))
  if (posthog instanceof RunningPosthog && !shared.differenceTold && differs(options, posthog.options)) {
    shared.differenceTold = true
    insist('posthog_already_started', { hint: 'options come with the first call of getPosthog' })
  }
  return posthog
}

/** As `getPosthog`, for tests: with another environment and another posthog-node. */
export function startPosthog(
  options: PosthogOptions = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
  load: LoadSdk = importSdk,
): PosthogHandle {
  const { config, problems } = loadPosthogConfig(env, options)
  for (const { variable, value, message } of problems) {
    insist('configuration_problem', { variable, value, message })
  }
  const started: PosthogHandle = config.enabled
    ? new RunningPosthog(config, options, load, forget)
    : createPosthogOff(config, forget)
  function forget(): void {
    if (shared.posthog === started) shared.posthog = undefined
  }
  return started
}

function differs(given: PosthogOptions, former: PosthogOptions): boolean {
  return (Object.keys(given) as (keyof PosthogOptions)[]).some(
    (name) => given[name] !== undefined && given[name] !== former[name],
  )
}
