import { Frame } from '@throughline/core/binding'

const RECEIVED: unique symbol = Symbol.for('throughline.job-received')

/**
 * The frame in which a plain Worker runs an attempt. BullMQ says which job it is only when it runs in it already:
 * then its span comes in.
 */
export class AttemptFrame extends Frame {
  declare span: unknown

  constructor(received: Frame) {
    super(received.scope, received.span, {
      getValue: (key) => (key === RECEIVED ? received : received.base?.getValue(key)),
    })
  }
}

/** The frame that an attempt came with, before it had a span: what its next attempt is to come with too. */
export function receivedFrame(frame: Frame): Frame | undefined {
  return frame.getValue(RECEIVED) as Frame | undefined
}
