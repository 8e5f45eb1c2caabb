import type { PosthogConfig } from '../config/config.js'
import type { PosthogHandle } from './handle.js'

const COUNTS = Object.freeze({ captured: 0, sent: 0, waiting: 0, dropped: 0 })

/** PostHog while it is off: nothing is loaded, no call does anything, flags have their defaults (P1). */
export function createPosthogOff(config: PosthogConfig, onStopped: () => void): PosthogHandle {
  return Object.freeze<PosthogHandle>({
    enabled: false,
    config,
    ready: Promise.resolve(),
    counts: COUNTS,
    capture() {},
    send() {},
    idOf: () => undefined,
    extend() {},
    captureException() {},
    isFeatureEnabled: async (_flag, _distinctId, options) => options?.default ?? false,
    getFeatureFlag: async (_flag, _distinctId, options) => options?.default,
    getFeatureFlagPayload: async (_flag, _distinctId, options) => options?.default,
    flush: async () => undefined,
    shutdown: async () => onStopped(),
  })
}
