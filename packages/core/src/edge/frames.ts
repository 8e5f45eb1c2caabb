import type { ContextFields } from '../context/fields.js'
import { currentFrame } from '../context/current-frame.js'
import { type BaseContext, Frame } from '../context/frame.js'
import { Scope } from '../context/scope.js'
import { slot } from '../slot.js'
import { currentRuntime } from '../telemetry/current-runtime.js'
import { enterFrame } from '../tracing/enter.js'
import type { TraceCarrier } from '../tracing/tracing.js'

/** The frame in force, for a framework that hands contexts around as values; undefined outside any. */
export function activeFrame(): Frame | undefined {
  return currentFrame()
}

/**
 * A frame of its own with these fields, outside the current context, in the trace that a carrier brings.
 *
 * @param base what it stands on while no spans are made
 */
export function detachedFrame(fields: ContextFields, base?: BaseContext, carrier?: TraceCarrier): Frame {
  const scope = new Scope(fields, undefined, currentRuntime().keys)
  if (slot.tracing === undefined) return new Frame(scope, undefined, base)
  const carried = carrier === undefined ? undefined : slot.tracing.extract(carrier)
  return new Frame(scope, carried?.span, carried?.base)
}

/** Runs `fn` in a frame; undefined is outside any. */
export function runInFrame<T>(frame: Frame | undefined, fn: () => T): T {
  return frame === currentFrame() ? fn() : enterFrame(frame, fn, undefined)
}

/** Runs `fn` outside the current context: what it starts outlives its caller (R5.4). */
export function runDetached<T>(fn: () => T): T {
  return runInFrame(undefined, fn)
}
