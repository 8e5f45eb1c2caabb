import { activeFrame, Frame, runInFrame, slot } from '@throughline/core/binding'

/** OpenTelemetry's mark on a context in which nothing is traced; its API makes keys by `Symbol.for`. */
const SUPPRESS_TRACING = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING')
const LOUD: unique symbol = Symbol.for('throughline.job-loud')

/**
 * A frame like this one in which drivers make no spans: one for each command of BullMQ's own would tell nothing that
 * the span around them does not (R5.3).
 *
 * @param loud whose trace jobs take along that are added in it
 */
export function quietFrame(frame: Frame | undefined, loud = frame ?? NOWHERE): Frame {
  const base = frame?.base
  return new Frame(frame?.scope, frame?.span, {
    getValue(key) {
      if (key === SUPPRESS_TRACING) return true
      return key === LOUD ? loud : base?.getValue(key)
    },
  })
}

const NOWHERE = new Frame(undefined)
const QUIET_NOWHERE = quietFrame(undefined)

/** The frame whose trace counts in a quiet one; undefined for any other. */
export function loudFrame(frame: Frame | undefined): Frame | undefined {
  return frame?.getValue(LOUD) as Frame | undefined
}

/** Runs what BullMQ does of its own accord in the current context, without spans of drivers. */
export function runQuietly<T>(fn: () => T): T {
  const frame = activeFrame()
  if (frame === undefined || slot.tracing === undefined || loudFrame(frame) !== undefined) return fn()
  return runInFrame(quietFrame(frame), fn)
}

/** Runs `fn` outside any context and trace, and has neither drivers nor BullMQ make spans. */
export function runDetachedQuietly<T>(fn: () => T): T {
  return runInFrame(slot.tracing === undefined ? undefined : QUIET_NOWHERE, fn)
}
