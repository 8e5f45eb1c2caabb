import type { PointAttributes } from './point-attributes.js'

/** An event: one count, and the duration of one that was timed; plain data, which another thread can take over. */
export interface Measurement {
  readonly attributes: PointAttributes
  readonly duration?: {
    readonly seconds: number
    readonly attributes: PointAttributes
  }
}
