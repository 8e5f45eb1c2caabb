/** What the collector has refused of exports that it took otherwise (partial success). */
export class Refusals {
  #count = 0
  #message = ''

  add(count: number, message: string): void {
    if (count <= 0) return
    this.#count += count
    this.#message = message === '' ? 'no reason given' : message
  }

  /** What came together since this was last asked. */
  take(): { count: number; message: string } | undefined {
    if (this.#count === 0) return undefined
    const taken = { count: this.#count, message: this.#message }
    this.#count = 0
    return taken
  }
}
