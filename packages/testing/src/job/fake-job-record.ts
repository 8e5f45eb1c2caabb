import type { JobProgress, JobsOptions } from 'bullmq'
import type { FakeJobCalls, FakeJobInit } from './fake-job.js'
import { contextMetadata } from './context-metadata.js'

/** An active job with nothing behind it. */
export class FakeJobRecord {
  readonly id: string
  readonly name: string
  data: unknown
  readonly opts: JobsOptions
  readonly queueName: string
  readonly prefix = 'bull'
  readonly queueQualifiedName: string
  progress: JobProgress = 0
  returnvalue: unknown = null
  stacktrace: string[] = []
  readonly delay: number
  readonly priority: number
  readonly timestamp: number
  readonly processedOn: number
  readonly attemptsMade: number
  readonly attemptsStarted: number
  readonly stalledCounter = 0
  readonly repeatJobKey: string | undefined
  token: string | undefined = 'fake-token'
  readonly calls: FakeJobCalls = { progress: [], logs: [], delayedUntil: [] }
  readonly #childrenValues: Record<string, unknown>
  #state = 'active'

  constructor(init: FakeJobInit) {
    const { id = '1', name = 'job', data = {}, queueName = 'fake', attemptsMade = 0, opts = {} } = init
    const now = Date.now()
    this.id = id
    this.name = name
    this.data = data
    this.queueName = queueName
    this.queueQualifiedName = `${this.prefix}:${queueName}`
    this.attemptsMade = attemptsMade
    this.attemptsStarted = attemptsMade + 1
    this.delay = opts.delay ?? 0
    this.priority = opts.priority ?? 0
    this.timestamp = opts.timestamp ?? now
    this.processedOn = now
    this.repeatJobKey = init.repeatJobKey
    this.opts = {
      attempts: 1,
      ...opts,
      ...(init.context !== undefined && {
        telemetry: { metadata: contextMetadata(init.context), ...opts.telemetry },
      }),
    }
    this.#childrenValues = init.childrenValues ?? {}
  }

  async updateProgress(progress: JobProgress): Promise<void> {
    this.progress = progress
    this.calls.progress.push(progress)
  }

  async updateData(data: unknown): Promise<void> {
    this.data = data
  }

  async log(row: string): Promise<number> {
    return this.calls.logs.push(row)
  }

  async clearLogs(keep = 0): Promise<void> {
    this.calls.logs.splice(0, this.calls.logs.length - keep)
  }

  async extendLock(_token: string, _duration: number): Promise<number> {
    return 1
  }

  async moveToDelayed(timestamp: number): Promise<void> {
    this.#state = 'delayed'
    this.calls.delayedUntil.push(timestamp)
  }

  async moveToWait(): Promise<number> {
    this.#state = 'waiting'
    return 0
  }

  /** False as in BullMQ when no child is pending, which is so for a job without a queue. */
  async moveToWaitingChildren(): Promise<boolean> {
    return false
  }

  async getChildrenValues(): Promise<Record<string, unknown>> {
    return this.#childrenValues
  }

  async getState(): Promise<string> {
    return this.#state
  }

  async isActive(): Promise<boolean> {
    return this.#state === 'active'
  }

  async isDelayed(): Promise<boolean> {
    return this.#state === 'delayed'
  }

  async isWaiting(): Promise<boolean> {
    return this.#state === 'waiting'
  }

  async isCompleted(): Promise<boolean> {
    return false
  }

  async isFailed(): Promise<boolean> {
    return false
  }

  toJSON(): object {
    return Object.fromEntries(Object.entries(this))
  }
}
