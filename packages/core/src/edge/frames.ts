import type { ContextFields } from '../context/fields.js'
import { type BaseContext, Frame } from '../context/frame.js'
import { Scope } from '../context/scope.js'
import { slot } from '../slot.js'
import { currentRuntime } from '../telemetry/current-runtime.js'

/** The frame in force, for a framework that hands contexts around as values; undefined outside any. */
export function activeFrame(): Frame | undefined {
  return slot.storage.getStore()
}

/** A frame of its own with these fields, outside the current context, on a context read from a carrier. */
export function detachedFrame(fields: ContextFields, base?: BaseContext): Frame {
  return new Frame(new Scope(fields, undefined, currentRuntime().keys), undefined, base)
}

/** Runs `fn` in a frame; undefined is outside any. */
export function runInFrame<T>(frame: Frame | undefined, fn: () => T): T {
  return frame === slot.storage.getStore() ? fn() : slot.storage.run(frame as Frame, fn)
}

/** Runs `fn` outside the current context: what it starts outlives its caller (R5.4). */
export function runDetached<T>(fn: () => T): T {
  return runInFrame(undefined, fn)
}
