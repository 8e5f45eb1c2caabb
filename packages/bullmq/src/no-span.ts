import type { Span } from 'bullmq'
import type { Frame } from '@throughline/core/binding'

/** BullMQ's contexts are frames; undefined is outside any. */
export type JobFrame = Frame | undefined
export type Attributes = Parameters<Span['setAttributes']>[0]

/** A span of BullMQ's that is not made. */
export class NoSpan implements Span<JobFrame> {
  setSpanOnContext(frame: JobFrame): JobFrame {
    return frame
  }

  setAttribute(): void {}
  setAttributes(_attributes: Attributes): void {}
  addEvent(_name: string, _attributes?: Attributes): void {}
  recordException(_thrown: unknown): void {}
  end(): void {}
}
