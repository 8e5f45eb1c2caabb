import { type Outcome } from '../../shared/api.js'
import { type JobEnd, jobEnd } from '../units/jobs.js'
import { mainOf } from '../units/main-unit.js'
import { type Unit } from '../units/unit.js'
import { type Work } from '../units/units.js'

export interface Judgement {
  readonly outcome: Outcome
  readonly retries: number
  readonly failure: string | undefined
}

/** What became of a request: one failure for good outweighs all, then what is still going on, then retries. */
export function judge({ units, jobs }: Work): Judgement {
  const ends = [...jobs.values()].map((attempts) => ({ attempts, end: jobEnd(attempts) }))
  const isLost = ({ end }: { readonly end: JobEnd }): boolean => end === 'gave-up' || end === 'failed'
  const lost = ends.find(isLost)
  const tried = ends.filter((job) => !isLost(job)).flatMap(({ attempts }) => attempts)
  const retries = tried.filter(({ failed }) => failed).length
  const others = units.filter(({ job }) => job === undefined)
  const main = mainOf(units)
  const broken = others.find((unit) => unit.failed && (unit === main || !isHandled(unit)))
  if (lost !== undefined || broken !== undefined) {
    return { outcome: 'failed', retries, failure: failureOf(lost?.end, broken, main) }
  }
  const isOpen =
    others.some(({ end }) => end === undefined) || ends.some(({ end }) => end === 'open' || end === 'waiting')
  return { outcome: isOpen ? 'open' : retries > 0 ? 'retried' : 'ok', retries, failure: undefined }
}

/** A call within the system that failed is no failure of the request where whoever called it went on well. */
function isHandled({ kind, via, parent }: Unit): boolean {
  return (
    kind === 'http' && via === 'child' && parent !== undefined && !parent.failed && parent.end !== undefined
  )
}

function failureOf(
  lost: JobEnd | undefined,
  broken: Unit | undefined,
  main: Unit | undefined,
): string | undefined {
  if (lost !== undefined) return lost === 'gave-up' ? 'job gave up' : 'job failed'
  if (broken === main && (main?.statusCode ?? 0) >= 500) return undefined
  if (broken?.kind === 'http') return broken === main ? 'request failed' : 'call failed'
  if (broken?.kind === 'ws') return 'socket failed'
  return broken?.kind === 'job' ? 'job failed' : 'failed'
}
