/** So many are remembered; a page that was away for longer asks for the whole list again. */
const REMEMBERED = 20_000

/** The keys that left the store, for pages that show them still. */
export class Gone {
  #left: { readonly key: string; readonly version: number }[] = []
  readonly #evicted = new Set<string>()

  left(key: string, version: number): void {
    this.#left.push({ key, version })
    if (this.#left.length > 2 * REMEMBERED) this.#left = this.#left.slice(-REMEMBERED)
  }

  /** It left because of a bound. */
  evicted(key: string): void {
    this.#evicted.add(key)
    if (this.#evicted.size <= 2 * REMEMBERED) return
    const newest = [...this.#evicted].slice(-REMEMBERED)
    this.#evicted.clear()
    for (const item of newest) this.#evicted.add(item)
  }

  wasEvicted(key: string): boolean {
    return this.#evicted.has(key)
  }

  since(version: number): string[] {
    const keys: string[] = []
    for (let index = this.#left.length - 1; index >= 0; index -= 1) {
      const item = this.#left[index]
      if (item === undefined || item.version <= version) break
      keys.push(item.key)
    }
    return [...new Set(keys)]
  }
}
