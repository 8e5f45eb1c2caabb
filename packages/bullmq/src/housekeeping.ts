import { receivedFrame } from './attempt-frame.js'
import { type JobFrame, NoSpan } from './no-span.js'
import { quietFrame } from './quiet.js'

/** What BullMQ calls the things that a worker does on its own. */
const OPERATIONS: ReadonlySet<string> = new Set([
  'complete',
  'delay',
  'extendLocks',
  'fail',
  'moveStalledJobsToWait',
  'retry',
])

/** Whether the operation is one that nobody asked for: no span is made of it, nor of its commands (R5.3). */
export function isHousekeeping(operation: string): boolean {
  return OPERATIONS.has(operation)
}

/** Around such an operation of a plain Worker. A retry keeps the trace that the job came with. */
export class HousekeepingSpan extends NoSpan {
  override setSpanOnContext(frame: JobFrame): JobFrame {
    return frame === undefined ? frame : quietFrame(frame, receivedFrame(frame))
  }
}
