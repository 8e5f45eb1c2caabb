import { withoutSource } from '../exception/source-context.js'
import { ANONYMOUS, SYSTEM } from '../user/identity.js'
import type { PosthogEvent, PosthogOptions } from '../posthog.js'

/** Ids that are nobody's: PostHog makes no person of them. */
const IMPERSONAL = new Set([ANONYMOUS, SYSTEM])

/**
 * The hook that sees each event last, those of posthog-node itself too: these get the properties of every event here,
 * and the source is taken out of stacks (P3).
 */
export function createBeforeSend(
  standing: Readonly<Record<string, unknown>>,
  { sourceContext, beforeSend }: PosthogOptions,
): (event: PosthogEvent) => PosthogEvent | null {
  return (event) => {
    const { distinctId = '' } = event
    const properties: Record<string, unknown> = {
      ...standing,
      ...(IMPERSONAL.has(distinctId) && { $process_person_profile: false }),
      ...event.properties,
    }
    if (sourceContext !== true) withoutSource(properties)
    const whole = { ...event, properties }
    return beforeSend === undefined ? whole : beforeSend(whole)
  }
}
