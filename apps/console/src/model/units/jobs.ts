import { byAttempt } from './arrange.js'
import { type Unit } from './unit.js'

/** The attempts at each job, in order. */
export function attemptsOf(units: readonly Unit[]): Map<string, Unit[]> {
  const jobs = new Map<string, Unit[]>()
  for (const unit of units) {
    if (unit.job === undefined) continue
    const others = jobs.get(unit.job)
    if (others === undefined) jobs.set(unit.job, [unit])
    else others.push(unit)
  }
  for (const attempts of jobs.values()) attempts.sort(byAttempt)
  return jobs
}

/** How a job ended; `waiting`: its last attempt failed or was put off, and there will be another. */
export type JobEnd = 'ok' | 'gave-up' | 'failed' | 'waiting' | 'open'

export function jobEnd(attempts: readonly Unit[]): JobEnd {
  const last = attempts.at(-1)
  if (last === undefined || last.end === undefined) return 'open'
  if (last.deferred) return 'waiting'
  if (!last.failed) return 'ok'
  if ((last.attemptsLeft ?? 0) > 0) return 'waiting'
  // Where nothing tells how many attempts are left, only a retry that failed too says that there were several.
  return last.attemptsLeft === 0 || attempts.length > 1 ? 'gave-up' : 'failed'
}

/** What each attempt waited for: the first in the queue, the others for their turn to try again. */
export function addWaits(jobs: ReadonlyMap<string, readonly Unit[]>, units: readonly Unit[]): void {
  for (const attempts of jobs.values()) {
    attempts.forEach((unit, index) => {
      const former = attempts[index - 1]
      if (former === undefined) waitInQueue(unit)
      else if (former.end !== undefined && former.end < unit.start) {
        unit.waited = { from: former.end, reason: former.deferred ? 'delay' : 'backoff' }
      }
    })
  }
  for (const unit of units) if (unit.kind === 'job' && unit.job === undefined) waitInQueue(unit)
}

function waitInQueue(unit: Unit): void {
  if (unit.producer === undefined || unit.producer.end >= unit.start) return
  // A later attempt whose first one is not here waited for something else than the queue alone.
  if ((unit.attempt ?? 1) > 1) return
  unit.waited = { from: unit.producer.end, reason: 'queue' }
}
