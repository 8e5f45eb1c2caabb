/** What was thrown and is no object is remembered by its text, this many at a time. */
const MOST_TEXTS = 256
const LONGEST_TEXT = 256

/** Remembers what was captured, so that one error that passes by twice is one event. */
export class SeenErrors {
  /** The request it was seen in; an error object that is thrown again for another request is another failure. */
  readonly #objects = new WeakMap<object, string | undefined>()
  readonly #texts = new Set<string>()

  /** True the first time, for a request if one is known. Never throws. */
  isNew(thrown: unknown, requestId: string | undefined): boolean {
    const isObject = (typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function'
    return isObject ? this.#isNewObject(thrown, requestId) : this.#isNewText(thrown, requestId)
  }

  #isNewObject(thrown: object, requestId: string | undefined): boolean {
    if (this.#objects.has(thrown)) {
      const before = this.#objects.get(thrown)
      if (before === undefined || requestId === undefined || before === requestId) return false
    }
    this.#objects.set(thrown, requestId)
    return true
  }

  /** Text has no identity: only within a request it is the same failure. */
  #isNewText(thrown: unknown, requestId: string | undefined): boolean {
    if (requestId === undefined) return true
    const key = `${requestId} ${typeof thrown} ${String(thrown).slice(0, LONGEST_TEXT)}`
    if (this.#texts.has(key)) return false
    const [oldest] = this.#texts
    if (this.#texts.size === MOST_TEXTS && oldest !== undefined) this.#texts.delete(oldest)
    this.#texts.add(key)
    return true
  }
}
