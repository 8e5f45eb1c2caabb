import { slot } from '../slot.js'
import type { Frame } from './frame.js'

/** The frame in force: another set-up's context manager is asked first, if there is one; undefined outside any. */
export function currentFrame(): Frame | undefined {
  const active = slot.tracing?.active
  return active === undefined ? slot.storage.getStore() : active()
}
