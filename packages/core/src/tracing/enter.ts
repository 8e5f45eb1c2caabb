import type { Frame } from '../context/frame.js'
import { slot } from '../slot.js'

/** Runs `fn` in a frame: in the one AsyncLocalStorage, and in another set-up's context manager if there is one. */
export function enterFrame<A, T>(frame: Frame, fn: (argument: A) => T, argument: A): T {
  const enter = slot.tracing?.enter
  if (enter === undefined) return slot.storage.run(frame, fn, argument)
  return enter(frame, () => slot.storage.run(frame, fn, argument))
}
