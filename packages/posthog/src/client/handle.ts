import type { Posthog } from '../posthog.js'

/** What this package itself needs of PostHog besides what is public. */
export interface PosthogHandle extends Posthog {
  /** As `capture`, without the properties of the running code, under an id that is used as it is. */
  send(event: string, distinctId: string, properties: Record<string, unknown>): void
  /** Whose a request is: the id that its lines have, else that of its user. */
  idOf(request: unknown): string | undefined
  /** Adds properties to every event from now on. */
  extend(properties: Record<string, unknown>): void
}
