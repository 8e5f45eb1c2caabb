import './lines.js'
import type { PosthogHandle } from '../../src/client/handle.js'
import { startPosthog } from '../../src/client/get-posthog.js'
import { importSdk } from '../../src/client/sdk.js'
import type { PosthogOptions } from '../../src/posthog.js'
import { type ArrivedEvent, FakePosthog } from './fake-posthog.js'

/** A PostHog of its own, by the real posthog-node, that sends to a server of its own. */
export interface Rig {
  readonly posthog: PosthogHandle
  readonly server: FakePosthog
  /** Sends what waits, and gives all that arrived. */
  events(): Promise<ArrivedEvent[]>
  stop(): Promise<void>
}

/** Starts both; the environment is exactly what is given, with key and host. */
export async function startRig(env: Record<string, string> = {}, options: PosthogOptions = {}): Promise<Rig> {
  const server = await FakePosthog.start()
  const whole = { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url, ...env }
  const posthog = startPosthog(options, whole, importSdk)
  await posthog.ready
  return {
    posthog,
    server,
    async events() {
      await posthog.flush()
      return server.events
    },
    async stop() {
      await posthog.shutdown()
      await server.stop()
    },
  }
}

/** As `startRig`, for the length of one test. */
export async function withRig<T>(
  env: Record<string, string>,
  use: (rig: Rig) => Promise<T>,
  options?: PosthogOptions,
): Promise<T> {
  const rig = await startRig(env, options)
  try {
    return await use(rig)
  } finally {
    await rig.stop()
  }
}
