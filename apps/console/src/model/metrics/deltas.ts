import { type Buckets, since } from './histogram.js'

/** So many series are followed; those beyond are left out. */
const MAX_SERIES = 5000
/** What a point without a start is taken to cover. */
const USUAL_MS = 10_000

/** What was measured between two moments. */
export interface Delta {
  readonly from: number
  readonly to: number
  readonly buckets: Buckets
}

interface Last {
  readonly start: number
  readonly time: number
  readonly buckets: Buckets
}

/** Turns cumulative points into what came between them; a counter that began anew counts from its start. */
export class Deltas {
  readonly #last = new Map<string, Last>()

  next(series: string, isDelta: boolean, start: number, time: number, buckets: Buckets): Delta | undefined {
    if (isDelta) return { from: start > 0 && start < time ? start : time - USUAL_MS, to: time, buckets }
    const last = this.#last.get(series)
    if (last === undefined && this.#last.size >= MAX_SERIES) return undefined
    if (last !== undefined && time <= last.time) return undefined
    this.#last.set(series, { start, time, buckets })
    const isRestart = last !== undefined && start > last.time
    const added = last === undefined || isRestart ? undefined : since(last.buckets, buckets)
    if (last !== undefined && added !== undefined) return { from: last.time, to: time, buckets: added }
    const from = Math.max(start, last?.time ?? 0)
    // Without a start nothing tells when the first counts were made.
    return from > 0 && from < time ? { from, to: time, buckets } : undefined
  }
}
