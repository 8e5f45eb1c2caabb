import type { ContextFields } from '@throughline/core'
import type { Job, JobProgress, JobsOptions } from 'bullmq'
import { FakeJobRecord } from './fake-job-record.js'

/** What a fake job starts as; everything has a default. */
export interface FakeJobInit<D = unknown, N extends string = string> {
  id?: string
  name?: N
  data?: D
  queueName?: string
  /** Attempts that have failed before this one; default 0. */
  attemptsMade?: number
  opts?: JobsOptions
  /** What the producer's context was; goes into the job's telemetry metadata as a producer would put it. */
  context?: ContextFields
  /** Results of child jobs by job key, for `getChildrenValues()`. */
  childrenValues?: Record<string, unknown>
  /** Key of the scheduler that made this job. */
  repeatJobKey?: string
}

/** What a processor did to a fake job. */
export interface FakeJobCalls {
  readonly progress: JobProgress[]
  readonly logs: string[]
  /** Timestamps given to `moveToDelayed`, milliseconds since the epoch. */
  readonly delayedUntil: number[]
}

/** A `Job` of bullmq that belongs to no queue. */
export type FakeJob<D = unknown, R = unknown, N extends string = string> = Job<D, R, N> & {
  readonly calls: FakeJobCalls
}

/**
 * Makes a job as a processor sees it, without Redis.
 *
 * It has the data of an active job and the methods that processors call: `updateProgress`, `updateData`, `log`,
 * `clearLogs`, `extendLock`, `moveToDelayed`, `moveToWait`, `moveToWaitingChildren`, `getChildrenValues`,
 * `getState` and `is…`. What they were called with is in `calls`.
 *
 * @example
 * const job = createFakeJob({ name: 'grade', data: { draft: 7 }, context: { 'request.id': 'abc' } })
 * await worker.process(job)
 * expect(job.calls.progress).toEqual([50, 100])
 */
export function createFakeJob<D = unknown, R = unknown, N extends string = string>(
  init: FakeJobInit<D, N> = {},
): FakeJob<D, R, N> {
  return new FakeJobRecord(init) as unknown as FakeJob<D, R, N>
}
