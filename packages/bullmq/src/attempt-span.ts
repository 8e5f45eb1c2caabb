import { randomUUID } from 'node:crypto'
import { TelemetryAttributes } from 'bullmq'
import { bindContext } from '@throughline/core'
import { detachedFrame, type OpenSpan, openSpan, slot } from '@throughline/core/binding'
import { AttemptFrame } from './attempt-frame.js'
import { ConsumerSpan } from './consumer-span.js'
import type { JobTrace } from './job-trace.js'
import { type Attributes, type JobFrame, NoSpan } from './no-span.js'

/** Ids that BullMQ gives the ticks of a scheduler. */
const TICK_ID = /^repeat:.+:\d+$/
const FAILED = 'job failed'

/** What a plain Worker tells about the attempt it runs goes into the context it runs in, and onto its span. */
export class AttemptSpan extends NoSpan {
  #queue = ''
  #frame: AttemptFrame | undefined
  #span: OpenSpan | undefined
  #error: { readonly thrown: unknown } | undefined

  constructor(
    private readonly hasContext: boolean,
    private readonly trace: JobTrace,
  ) {
    super()
  }

  /** A job without metadata gets a context too, not the one that the worker was started in (R5.4). */
  override setSpanOnContext(given: JobFrame): JobFrame {
    const frame = this.hasContext ? given : detachedFrame({ 'request.id': randomUUID() })
    if (frame === undefined || slot.tracing === undefined) return frame
    return (this.#frame = new AttemptFrame(frame))
  }

  /** Called once outside the context, with the queue, then inside it, with the job, and at the end. */
  override setAttributes(attributes: Attributes): void {
    const queue = attributes[TelemetryAttributes.QueueName]
    if (typeof queue === 'string') this.#queue = queue
    const id = attributes[TelemetryAttributes.JobId]
    if (typeof id === 'string') this.#begin(id, attributes[TelemetryAttributes.JobName])
    const attempts = attributes[TelemetryAttributes.JobAttemptsMade]
    if (typeof attempts === 'number') this.#span?.setAttributes({ 'job.attempt': attempts })
  }

  /** BullMQ hands over why a job failed, not the error. */
  override addEvent(name: string, attributes: Attributes = {}): void {
    if (name !== FAILED || this.#span === undefined) return
    const thrown = new Error(String(attributes[TelemetryAttributes.JobFailedReason]))
    delete thrown.stack
    this.#error = { thrown }
  }

  override recordException(thrown: unknown): void {
    this.#error ??= { thrown }
  }

  override end(): void {
    this.#span?.end(this.#error)
  }

  #begin(id: string, name: unknown): void {
    const isTick = TICK_ID.test(id)
    if (isTick) bindContext({ 'request.id': randomUUID(), 'user.id': undefined })
    const job = {
      'job.id': id,
      'job.name': typeof name === 'string' ? name : undefined,
      'job.queue': this.#queue,
    }
    bindContext(job)
    if (this.#frame === undefined) return
    this.#span = this.#open(this.#frame, id, job, isTick ? 'none' : this.trace)
    if (this.#span !== undefined) this.#frame.span = this.#span.frame.span
  }

  #open(frame: AttemptFrame, id: string, job: object, trace: JobTrace): OpenSpan | undefined {
    const linked = trace === 'link' ? slot.tracing?.spanContext(frame) : undefined
    if (trace !== 'child') frame.span = undefined
    const span = new ConsumerSpan(this.#queue)
    return openSpan(
      {
        name: span.name,
        kind: 'consumer',
        attributes: { ...span.dimensions, ...span.attributes(id), ...job },
        links: linked === undefined ? undefined : [linked],
      },
      frame,
    )
  }
}
