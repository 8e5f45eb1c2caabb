import { plainCopy } from '@throughline/core/binding'

/**
 * A plain copy of what a caller gave as properties: bounded, without secrets, safe to send later (R7.5, R7.11).
 *
 * A copy, because events are sent when the caller may have changed its object.
 */
export function plainProperties(given: unknown): Record<string, unknown> {
  if (typeof given !== 'object' || given === null) return {}
  const copy = plainCopy(given)
  return typeof copy === 'object' && copy !== null && !Array.isArray(copy) ? { ...copy } : {}
}
