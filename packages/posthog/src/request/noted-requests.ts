import type { Unit } from '@throughline/core'
import { currentUnit } from '@throughline/core/binding'

/** A unit of work knows its context, and not the request that it came from: e-mail and name are only there. */
const requests = new WeakMap<Unit, object>()

/** Notes the request of the HTTP unit that is under way, as guards and handlers see it; the last one counts. */
export function noteRequest(request: object): void {
  const unit = currentUnit('http')
  if (unit !== undefined) requests.set(unit, request)
}

/** The request that the running code belongs to, if it was noted. */
export function currentRequest(): object | undefined {
  const unit = currentUnit('http')
  return unit === undefined ? undefined : requests.get(unit)
}
