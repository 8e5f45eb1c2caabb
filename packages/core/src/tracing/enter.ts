import type { Frame } from '../context/frame.js'
import { slot } from '../slot.js'

/**
 * Runs `fn` in a frame, or outside any: in the one AsyncLocalStorage, and in another set-up's context manager if
 * there is one.
 */
export function enterFrame<A, T>(frame: Frame | undefined, fn: (argument: A) => T, argument: A): T {
  const enter = slot.tracing?.enter
  // No frame is a store like any other.
  const store = frame as Frame
  if (enter === undefined) return slot.storage.run(store, fn, argument)
  return enter(frame, () => slot.storage.run(store, fn, argument))
}
