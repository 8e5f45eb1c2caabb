import { startPosthog } from '../../src/client/get-posthog.js'
import { shared } from '../../src/client/shared.js'
import type { PosthogHandle } from '../../src/client/handle.js'
import type { PosthogOptions } from '../../src/posthog.js'
import { importSdk } from '../../src/client/sdk.js'

/**
 * Makes one PostHog that of the process, as the first `getPosthog()` would, with an environment of its own; returns
 * what stops it.
 */
export async function usePosthog(
  env: Record<string, string>,
  options: PosthogOptions = {},
): Promise<PosthogHandle> {
  await shared.posthog?.shutdown()
  const posthog = startPosthog(options, env, importSdk)
  shared.posthog = posthog
  await posthog.ready
  return posthog
}
