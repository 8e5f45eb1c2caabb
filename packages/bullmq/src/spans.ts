import { randomUUID } from 'node:crypto'
import { type Span, SpanKind, type SpanOptions, TelemetryAttributes } from 'bullmq'
import { bindContext } from '@throughline/core'
import { detachedFrame, type Frame, isTelemetryEnabled } from '@throughline/core/binding'

type Attributes = Parameters<Span['setAttributes']>[0]
type JobFrame = Frame | undefined

/** Ids that BullMQ gives the ticks of a scheduler. */
const TICK_ID = /^repeat:.+:\d+$/

/** Makes no span: BullMQ's own are not wanted, and those of jobs are opened by core. */
export function startSpan(_name: string, options?: SpanOptions, parent?: unknown): Span<JobFrame> {
  const isJob = options?.kind === SpanKind.CONSUMER && isTelemetryEnabled()
  return isJob ? new AttemptSpan(parent !== undefined) : NO_SPAN
}

class NoSpan implements Span<JobFrame> {
  setSpanOnContext(frame: JobFrame): JobFrame {
    return frame
  }

  setAttribute(): void {}
  setAttributes(_attributes: Attributes): void {}
  addEvent(): void {}
  recordException(): void {}
  end(): void {}
}

const NO_SPAN = new NoSpan()

/** What a plain Worker tells about the attempt it runs goes into the context it runs in. */
class AttemptSpan extends NoSpan {
  #queue: string | undefined

  constructor(private readonly hasContext: boolean) {
    super()
  }

  /** A job without metadata gets a context too, not the one that the worker was started in (R5.4). */
  override setSpanOnContext(frame: JobFrame): JobFrame {
    return this.hasContext ? frame : detachedFrame({ 'request.id': randomUUID() })
  }

  /** Called once outside the context, with the queue, and once inside it, with the job. */
  override setAttributes(attributes: Attributes): void {
    const queue = attributes[TelemetryAttributes.QueueName]
    if (typeof queue === 'string') this.#queue = queue
    const id = attributes[TelemetryAttributes.JobId]
    if (typeof id !== 'string') return
    if (TICK_ID.test(id)) bindContext({ 'request.id': randomUUID(), 'user.id': undefined })
    const name = attributes[TelemetryAttributes.JobName]
    bindContext({
      'job.id': id,
      'job.name': typeof name === 'string' ? name : undefined,
      'job.queue': this.#queue,
    })
  }
}
