import type { LoadSdk, SdkOptions } from '../../src/client/sdk.js'
import type { PosthogEvent } from '../../src/posthog.js'

/** What a client in place of posthog-node's is made of; `methods` replaces all of them. */
export interface FakeSdkInit {
  readonly methods?: Record<string, (...args: never[]) => unknown>
  readonly onConstruct?: () => void
}

/** A client in place of posthog-node's, and what it was called with. */
export interface FakeSdk {
  readonly load: LoadSdk
  readonly constructed: { apiKey: string; options: SdkOptions }[]
  readonly captured: PosthogEvent[]
  loads: number
}

/** For what cannot be seen from outside: how often it was made, and how it fails. */
export function createFakeSdk({ methods, onConstruct }: FakeSdkInit = {}): FakeSdk {
  const captured: PosthogEvent[] = []
  const fake: FakeSdk = {
    captured,
    constructed: [],
    loads: 0,
    load: async () => {
      fake.loads++
      return { PostHog: Client as never }
    },
  }
  class Client {
    constructor(apiKey: string, options: SdkOptions) {
      onConstruct?.()
      fake.constructed.push({ apiKey, options })
    }
  }
  const whole = methods ?? {
    capture: (event: PosthogEvent) => void captured.push(event),
    captureException: (error: Error, distinctId: string, properties: Record<string, unknown>) =>
      void captured.push({ event: '$exception', distinctId, properties: { ...properties, error } }),
  }
  Object.assign(Client.prototype, { shutdown: async () => undefined, ...whole })
  return fake
}
