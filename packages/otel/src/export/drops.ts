import type { Signal } from './signal.js'

/**
 * Why something was not exported: more came than may wait, the collector could not be reached or refused a whole
 * export, it refused items of one, telemetry was stopped first, or there was no way to encode it.
 */
export type DropReason = 'queue_full' | 'failed' | 'rejected' | 'shutdown' | 'unserializable'

export interface Drop {
  readonly signal: Signal
  readonly reason: DropReason
  readonly count: number
}

/** Counts what never reached the collector, by signal and reason, since the start. */
export class Drops {
  readonly #counts = new Map<string, Drop>()
  #total = 0

  add(signal: Signal, reason: DropReason, count: number): void {
    if (count <= 0) return
    const key = `${signal} ${reason}`
    this.#counts.set(key, { signal, reason, count: (this.#counts.get(key)?.count ?? 0) + count })
    this.#total += count
  }

  get total(): number {
    return this.#total
  }

  list(): Drop[] {
    return [...this.#counts.values()]
  }
}
