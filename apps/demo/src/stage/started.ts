export interface Stoppable {
  stop(): Promise<void>
}

/** What has been started so far, so that it can be stopped at any moment. */
export class Started {
  readonly #parts: Promise<Stoppable>[] = []
  #closed = false

  /** Starts a part, unless everything is being stopped. */
  start<Part extends Stoppable>(part: () => Part | Promise<Part>): Promise<Part> {
    if (this.#closed) return Promise.reject(new Error('The demo is being stopped.'))
    const starting = Promise.resolve(part())
    this.#parts.push(starting)
    return starting
  }

  /** Stops all parts, the last one first; one that is still starting is waited for. */
  async stopAll(): Promise<void> {
    this.#closed = true
    for (const starting of this.#parts.toReversed()) {
      // Each may need those that were started before it.
      await starting.then((part) => part.stop()).catch(() => undefined)
    }
  }
}
