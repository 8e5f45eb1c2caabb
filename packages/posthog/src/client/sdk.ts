import type { PosthogConfig } from '../config/config.js'
import type { PosthogEvent } from '../posthog.js'

/** What of posthog-node's client is used; tests put others in its place. */
export interface SdkClient {
  capture(message: PosthogEvent): void
  captureException?(error: unknown, distinctId: string, properties: Record<string, unknown>): void
  evaluateFlags?(distinctId: string, options: FlagQuery): Promise<FlagAnswers | null | undefined>
  withContext?<T>(context: { properties: Record<string, unknown> }, fn: () => T): T
  flush?(): Promise<void>
  shutdown(timeoutMs?: number): Promise<void>
}

/** What `evaluateFlags` is asked. */
export interface FlagQuery {
  readonly flagKeys: string[]
  readonly disableGeoip?: boolean
  readonly personProperties?: Record<string, unknown>
  readonly groups?: Record<string, unknown>
}

/** What `evaluateFlags` answers. */
export interface FlagAnswers {
  getFlag(key: string): boolean | string | null | undefined
  getFlagPayload(key: string): unknown
}

/** The options of the constructor that are set; the rest is left to posthog-node. */
export interface SdkOptions {
  readonly host: string
  readonly flushAt: number
  readonly flushInterval: number
  readonly maxQueueSize: number
  readonly requestTimeout: number
  readonly fetchRetryCount: number
  readonly featureFlagsRequestTimeoutMs: number
  readonly featureFlagsRequestMaxRetries: number
  readonly fetch: (url: string, options: SdkRequest) => Promise<Response>
  readonly before_send: (event: PosthogEvent) => PosthogEvent | null
}

/** A request as posthog-node makes it. */
export interface SdkRequest {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** The module `posthog-node`, as far as it is used. */
export interface SdkModule {
  readonly PostHog: new (apiKey: string, options: SdkOptions) => SdkClient
}

/** Loads posthog-node; called once PostHog is known to be on (P1). */
export type LoadSdk = (config: PosthogConfig) => Promise<SdkModule>

/** The way it is loaded outside of tests. */
export const importSdk: LoadSdk = async () => (await import('posthog-node')) as unknown as SdkModule
