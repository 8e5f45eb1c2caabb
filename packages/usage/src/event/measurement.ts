import type { PointAttributes } from './point-attributes.js'

/** An event: one count, and the duration of one that was timed; plain data, which another thread can take over. */
export interface Measurement {
  readonly attributes: PointAttributes
  /** Own even where it is undefined, so that one on Object.prototype is not found in its place. */
  readonly duration: { readonly seconds: number; readonly attributes: PointAttributes } | undefined
}
