import { type Job, type JobJson, type Span, SpanKind, Worker, type WorkerListener } from 'bullmq'
import {
  activeFrame,
  isTelemetryEnabled,
  resolveSettings,
  runDetached,
  telemetryReady,
} from '@throughline/core/binding'
import { ConsumerSpan } from './consumer-span.js'
import { deferralOf } from './deferral.js'
import { isHousekeeping } from './housekeeping.js'
import { runInJobContext } from './job-context.js'
import { settingsOf } from './job-settings.js'
import {
  jobAbandoned,
  jobCompleted,
  jobThrew,
  type JobUnitOptions,
  runJobUnit,
  runSandboxed,
  unitElsewhere,
} from './job-unit.js'
import { loudFrame, runDetachedQuietly, runQuietly } from './quiet.js'

type WorkerClass = typeof Worker

const HAS_JOB_UNITS: unique symbol = Symbol.for('@throughline/bullmq/job-units')

/** Classes made for workers that others constructed. */
const madeFor = new WeakMap<WorkerClass, WorkerClass>()

/**
 * A BullMQ `Worker` that runs each attempt of a job as a unit of work: in the context the job was added in, with
 * the lines `job_started`, then `job_completed`, `job_failed` or `job_deferred`, and with worker events in that
 * context. Constructor, types and behaviour are those of `Worker` (R5.1).
 *
 * @example
 * new TelemetryWorker('mails', async (job) => send(job.data), { connection })
 */
export const TelemetryWorker: WorkerClass = withJobUnits(Worker)
export type TelemetryWorker<
  DataType = Job['data'],
  ResultType = Job['returnvalue'],
  NameType extends string = string,
> = Worker<DataType, ResultType, NameType>

/** Turns a worker that somebody else constructed into one with units of work, whatever its class. */
export function addJobUnits(worker: Worker): void {
  if (HAS_JOB_UNITS in worker || typeof worker.processJob !== 'function') return
  const made = worker.constructor as WorkerClass
  const wanted = madeFor.get(made) ?? withJobUnits(made)
  madeFor.set(made, wanted)
  Object.setPrototypeOf(worker, wanted.prototype)
}

/**
 * Overrides only what every BullMQ worker calls on itself, and keeps no state in the constructor: so it also
 * fits a worker already made.
 */
function withJobUnits(Base: WorkerClass): WorkerClass {
  class TelemetryWorker extends Base {
    declare private telemetryIsReady?: true
    declare private jobSpan?: ConsumerSpan

    get [HAS_JOB_UNITS](): true {
      return true
    }

    /** Connections, loops and timers outlive whoever makes the worker (R5.4). */
    protected override createBackend(): void {
      runDetached(() => {
        super.createBackend()
        // Begun here: the constructor asks for it in the context that it is called in.
        this.backend.waitUntilReady().catch(() => {})
      })
    }

    override run(): Promise<void> {
      return runDetached(() => super.run())
    }

    override startStalledCheckTimer(): Promise<void> {
      return runDetached(() => super.startStalledCheckTimer())
    }

    /** The first job waits for telemetry to run. */
    protected override moveToActive(token: string, name?: string): Promise<Job> {
      if (this.telemetryIsReady) return super.moveToActive(token, name)
      return telemetryReady().then(() => {
        this.telemetryIsReady = true
        return super.moveToActive(token, name)
      })
    }

    /** The next job is fetched at the end of one: a tick adds the following one, which is none of its business. */
    protected override nextJobFromJobData(data?: JobJson, jobId?: string, token?: string): Promise<Job> {
      return data?.repeatJobKey === undefined
        ? super.nextJobFromJobData(data, jobId, token)
        : runDetachedQuietly(() => super.nextJobFromJobData(data, jobId, token))
    }

    override processJob(job: Job, token: string, fetchNext?: () => boolean): Promise<void | Job> {
      if (!isTelemetryEnabled()) return super.processJob(job, token, fetchNext)
      return runJobUnit(job, this.jobUnitOptions(), () => super.processJob(job, token, fetchNext))
    }

    private jobUnitOptions(): JobUnitOptions {
      const { telemetry } = this.opts
      const own = settingsOf(telemetry)
      const span =
        own === undefined && telemetry !== undefined ? false : (this.jobSpan ??= new ConsumerSpan(this.name))
      return { settings: own?.current ?? resolveSettings(), trace: own?.trace ?? 'child', span }
    }

    /** A child process is forked by its first job and serves others: its messages belong to none. */
    protected override callProcessJob(job: Job, token: string, signal?: AbortSignal): Promise<unknown> {
      if (this['childPool'] === undefined) return super.callProcessJob(job, token, signal)
      return runSandboxed(job, () => super.callProcessJob(job, token, signal))
    }

    protected override handleCompleted(
      result: unknown,
      job: Job,
      token: string,
      fetchNext?: () => boolean,
      span?: Span,
    ): Promise<Job> {
      if (this.backend.closing) jobAbandoned()
      return super.handleCompleted(result, job, token, fetchNext, span)
    }

    protected override handleFailed(
      error: Error,
      job: Job,
      token: string,
      fetchNext?: () => boolean,
      span?: Span,
    ): Promise<Job> {
      jobThrew(error)
      const handle = (): Promise<Job> => super.handleFailed(error, job, token, fetchNext, span)
      return deferralOf(error) === undefined ? handle() : runQuietly(handle)
    }

    override emit<U extends keyof WorkerListener>(event: U, ...args: Parameters<WorkerListener[U]>): boolean {
      const [job] = args as unknown[]
      if (!isJobEvent(event) || !isJob(job) || !isTelemetryEnabled()) {
        const isOfNoJob = event === 'ready' || event === 'drained' || loudFrame(activeFrame()) !== undefined
        return isOfNoJob ? runDetached(() => super.emit(event, ...args)) : super.emit(event, ...args)
      }
      if (event === 'completed') jobCompleted()
      if (this.listenerCount(event) === 0) return false
      // A job that becomes active has no unit yet, and what it runs in is the main loop, which has no context.
      if (event === 'active') return runInJobContext(job, settingsFor(this), () => super.emit(event, ...args))
      const unit = unitElsewhere(job)
      return unit === undefined ? super.emit(event, ...args) : unit.run(() => super.emit(event, ...args))
    }

    /** The unit is all there is, unless a telemetry of other making wants its spans. */
    override trace<T>(
      kind: SpanKind,
      operation: string,
      destination: string,
      callback: (span?: Span, metadata?: string) => Promise<T> | T,
      metadata?: string,
    ): Promise<T | Promise<T>> {
      const { telemetry } = this.opts
      if (telemetry === undefined || settingsOf(telemetry) !== undefined) {
        return (isHousekeeping(operation) ? runQuietly(callback) : callback()) as Promise<T>
      }
      // With one parameter it is not given what it would put in the place of the metadata that a job came with.
      const withoutMetadata = (span?: Span): Promise<T> | T => callback(span)
      if (kind !== SpanKind.CONSUMER)
        return super.trace(kind, operation, destination, withoutMetadata, metadata)
      return withoutWhereItThrows(
        (attempt) => super.trace(kind, operation, destination, attempt, metadata),
        callback,
      )
    }
  }
  return TelemetryWorker
}

function settingsFor(worker: Worker) {
  return settingsOf(worker.opts.telemetry)?.current ?? resolveSettings()
}

function isJobEvent(event: string): boolean {
  return event === 'active' || event === 'progress' || event === 'completed' || event === 'failed'
}

function isJob(value: unknown): value is Job {
  return typeof value === 'object' && value !== null
}

/** Some throw on metadata they cannot read, which would end BullMQ's main loop: the job is run without them. */
async function withoutWhereItThrows<T>(
  trace: (attempt: (span?: Span) => Promise<T> | T) => Promise<T | Promise<T>>,
  attempt: (span?: Span) => Promise<T> | T,
): Promise<T> {
  let begun = false
  try {
    return await trace((span) => {
      begun = true
      return attempt(span)
    })
  } catch (error) {
    if (begun) throw error
    return attempt()
  }
}
