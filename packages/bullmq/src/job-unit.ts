import { runUnit, type Unit, type UnitOptions } from '@throughline/core'
import {
  currentUnit,
  exceptionAttributes,
  report,
  runDetached,
  type Settings,
  slot,
} from '@throughline/core/binding'
import type { ConsumerSpan } from './consumer-span.js'
import { type Deferral, deferralOf } from './deferral.js'
import { jobContext, reportRefused } from './job-context.js'
import type { JobLike } from './job-like.js'
import type { JobTrace } from './job-trace.js'

/** How the attempts of a worker are run. */
export interface JobUnitOptions {
  readonly settings: Settings
  readonly trace: JobTrace
  /** False where another telemetry makes the spans. */
  readonly span: ConsumerSpan | false
}

/** The units of sandboxed jobs: what their child sends arrives outside any context. */
const sandboxed = new WeakMap<JobLike, Unit>()

const NOTHING = Object.freeze({})

/**
 * Runs one attempt of a job as a unit of work, outside the context of whoever started the worker (R5.1, R5.4).
 *
 * `attempt` is BullMQ's whole handling of the attempt; the unit is ended when BullMQ knows how it went.
 */
export function runJobUnit<T>(
  job: JobLike,
  { settings, trace, span }: JobUnitOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  const { fields, carrier, base, refused } = jobContext(job, settings)
  const unit: UnitOptions = {
    kind: 'job',
    name: job.queueName ?? '',
    fields,
    carrier,
    carried: trace,
    // Without spans a trace is handed on to the job's own jobs, unless the job is to have nothing to do with it.
    base: trace === 'child' ? base : undefined,
    span: span === false || slot.tracing === undefined ? false : span.of(job),
    manualEnd: true,
    detached: true,
  }
  return runUnit(unit, () => {
    reportRefused(refused)
    report('info', 'job_started', NOTHING)
    return attempt()
  })
}

/** Runs the part of an attempt that is done elsewhere outside the unit: a child outlives the job it is made for. */
export function runSandboxed<T>(job: JobLike, fn: () => T): T {
  const unit = currentUnit('job')
  if (unit !== undefined) sandboxed.set(job, unit)
  return runDetached(fn)
}

/** The result is stored. */
export function jobCompleted(): void {
  currentUnit('job')?.end({ outcome: 'ok' })
}

/** The attempt threw: a failure, or one of the errors by which a processor puts its job off. */
export function jobThrew(error: unknown): void {
  const unit = currentUnit('job')
  if (unit === undefined) return
  const deferral = deferralOf(error)
  if (deferral !== undefined) endDeferred(unit, deferral)
  else if (error !== undefined) unit.end({ outcome: 'error', error })
  else unit.end({ outcome: 'error', attributes: exceptionAttributes(error) })
}

/** The worker was closed by force before the result was stored; another worker will do the job again. */
export function jobAbandoned(): void {
  const unit = currentUnit('job')
  if (unit !== undefined) endDeferred(unit, 'worker_closed')
}

/** The unit to which what is emitted about a job has to be brought; undefined where it is there or has none. */
export function unitElsewhere(job: JobLike): Unit | undefined {
  return currentUnit('job') === undefined ? sandboxed.get(job) : undefined
}

function endDeferred(unit: Unit, reason: Deferral): void {
  unit.end({ outcome: 'aborted', attributes: { 'job.deferred_reason': reason } })
}
