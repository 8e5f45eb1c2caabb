import type { WatchedClient } from './client.js'

export type Call = (client: WatchedClient) => void

/** Calls that wait for posthog-node to be loaded, so many and no more. */
export class PendingCalls {
  #calls: Call[] = []

  constructor(private readonly most: number) {}

  get size(): number {
    return this.#calls.length
  }

  /** False where there is no room. */
  add(call: Call): boolean {
    if (this.#calls.length >= this.most) return false
    this.#calls.push(call)
    return true
  }

  /** All of them, in order; none is left. */
  take(): Call[] {
    const calls = this.#calls
    this.#calls = []
    return calls
  }
}
