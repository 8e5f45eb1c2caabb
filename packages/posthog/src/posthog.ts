import type { PosthogConfig } from './config/config.js'
import type { ExceptionOptions } from './exception/exception-event.js'
import type { FlagOptions } from './flags/flags.js'
import type { UserReader } from './request/request.js'

/** An event as it is about to be sent. */
export interface PosthogEvent {
  event: string
  distinctId?: string
  /** When it was captured; posthog-node sets it where it is not. */
  timestamp?: Date
  properties?: Record<string, unknown>
}

/** What became of events so far. */
export interface PosthogCounts {
  /** Handed over by calls, units of work and flags. */
  readonly captured: number
  /** Taken by PostHog. */
  readonly sent: number
  /** On their way. */
  readonly waiting: number
  /** Lost: too many waited, PostHog refused them, or it could not be started. */
  readonly dropped: number
}

/** What an application sets in code; everything else comes from the environment. */
export interface PosthogOptions {
  /** Of `<PREFIX>_VERSION` and `<PREFIX>_DEPLOYMENT_ENV`; default `APP` (P3). */
  envPrefix?: string | undefined
  /** Who a request is from: an object with `id`, and perhaps `email` and `name`; default `request.user`. */
  user?: UserReader | undefined
  /** Whether errors that units of work end with are captured; default true (P12). */
  captureUnits?: boolean | undefined
  /** Whether frames of a stack bring the lines of source around them; default false. */
  sourceContext?: boolean | undefined
  /** Sees every event last, changes it in place or replaces it; null drops it. One that throws drops it too. */
  beforeSend?: ((event: PosthogEvent) => PosthogEvent | null) | undefined
}

/**
 * PostHog in this process. Off, and when something fails, every call does nothing or gives its default. No call throws
 * or rejects.
 */
export interface Posthog {
  /** Whether anything is sent; turns false when posthog-node cannot be started. */
  readonly enabled: boolean
  readonly config: PosthogConfig
  /** Settles when posthog-node is loaded; calls before that wait for it, 1,000 at most. Never rejects. */
  readonly ready: Promise<void>
  readonly counts: PosthogCounts
  /**
   * Captures an event with the `request.id`, labels and `trace_id` of the running code; its own properties win.
   *
   * @param distinctId whose it is; default the user of the context, else `anonymous`. In mode `none` always `anonymous`
   * @example
   * getPosthog().capture('draft_finished', user.id, { picks: 10 })
   */
  capture(event: string, distinctId?: string | number, properties?: object): void
  /**
   * Captures an error with the request it happened in (P4). An error that was captured before is left out.
   *
   * @example
   * getPosthog().captureException(error, { properties: { step: 'import' } })
   */
  captureException(error: unknown, options?: ExceptionOptions): void
  /**
   * Whether a flag is on; a variant is. The default when off, on error, for an unknown flag, and after 2 s (P5).
   *
   * @example
   * if (await getPosthog().isFeatureEnabled('new-lobby', user.id, { default: true })) …
   */
  isFeatureEnabled(
    flag: string,
    distinctId?: string | number,
    options?: FlagOptions<boolean>,
  ): Promise<boolean>
  /** The variant of a flag, true or false; the default (undefined) as with `isFeatureEnabled`. */
  getFeatureFlag(
    flag: string,
    distinctId?: string | number,
    options?: FlagOptions<string | boolean>,
  ): Promise<string | boolean | undefined>
  /** The payload of a flag; the default (undefined) as with `isFeatureEnabled`. */
  getFeatureFlagPayload(
    flag: string,
    distinctId?: string | number,
    options?: FlagOptions<unknown>,
  ): Promise<unknown>
  /** Sends what waits, within 2 s. Never rejects. */
  flush(): Promise<void>
  /** Sends what waits, within 2 s, and stops; a later `getPosthog()` starts afresh. Never rejects. */
  shutdown(): Promise<void>
}
