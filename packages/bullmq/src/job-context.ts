import { type ContextFields, decodeContext } from '@throughline/core'
import {
  type BaseContext,
  CONTEXT_HEADER,
  detachedFrame,
  isTelemetryEnabled,
  report,
  resolveSettings,
  runInFrame,
  type Settings,
} from '@throughline/core/binding'
import { traceContext } from './carried-trace.js'
import { decodeCarrier, type JobCarrier } from './carrier.js'
import type { JobLike } from './job-like.js'
import { jobRequestId } from './job-request-id.js'

/** What a job brings along. */
export interface JobContext {
  readonly fields: ContextFields
  /** The trace it came with; undefined for a scheduler's tick, which is a trace of its own. */
  readonly carrier: JobCarrier | undefined
  /** That trace while no spans are made, for what the job adds in turn. */
  readonly base: BaseContext | undefined
  /** Why its metadata could not be read. */
  readonly refused: string | undefined
}

/** The context that an attempt of the job runs in. Never throws, whatever the job holds. */
export function jobContext(job: JobLike, settings: Settings): JobContext {
  const { carrier, refused } = decodeCarrier(job.opts?.telemetry?.metadata)
  const fields = carriedFields(carrier, settings)
  // A tick of a scheduler is work of its own: it keeps the labels, not who set the scheduler up or its trace.
  const isTick = job.repeatJobKey !== undefined
  if (isTick) fields['user.id'] = undefined
  fields['request.id'] = jobRequestId(job, isTick ? undefined : fields['request.id'])
  fields['job.id'] = job.id
  fields['job.name'] = job.name
  fields['job.queue'] = job.queueName
  fields['job.attempt'] = (job.attemptsMade ?? 0) + 1
  if (isTick) return { fields, carrier: undefined, base: undefined, refused }
  return { fields, carrier, base: traceContext(carrier), refused }
}

/** The fields of a carrier that may cross, the caller's to change; the request id is not checked yet. */
export function carriedFields(carrier: JobCarrier, settings: Settings): ContextFields {
  return settings.forwardable(decodeContext(carrier[CONTEXT_HEADER]))
}

/** One line, in the job's context, about metadata that could not be read. */
export function reportRefused(refused: string | undefined): void {
  if (refused !== undefined) report('debug', 'job_metadata_refused', { found: refused })
}

/**
 * The context of a job: its `job.*` fields, its request id, and the user and labels it was added with.
 *
 * For code that has the job but not its context, such as a sandboxed processor. Never throws: metadata that
 * cannot be read carries nothing (R5.4).
 *
 * @example
 * readJobContext(job)['request.id']
 */
export function readJobContext(job: JobLike): Readonly<ContextFields> {
  const { fields } = jobContext(job, resolveSettings())
  return Object.freeze(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)))
}

/**
 * Runs `fn` in the context of a job, outside the current one; it writes no lines of its own.
 *
 * For sandboxed processors, whose `job_started` and `job_completed` the parent process writes, and for jobs
 * fetched by hand. With `TELEMETRY_ENABLED=false` it only calls `fn` (R5.4).
 *
 * @example
 * export default (job) => withJobContext(job, async () => log.info('frame_rendered'))
 */
export function withJobContext<T>(job: JobLike, fn: () => T): T {
  return isTelemetryEnabled() ? runInJobContext(job, resolveSettings(), fn) : fn()
}

export function runInJobContext<T>(job: JobLike, settings: Settings, fn: () => T): T {
  const { fields, carrier, base, refused } = jobContext(job, settings)
  return runInFrame(detachedFrame(fields, base, carrier), () => {
    reportRefused(refused)
    return fn()
  })
}
