/** Far longer than anything here takes; a machine may be busy. */
const BOUND_MS = 30_000

/** Things that arrive one by one, and the way to wait for them. */
export class Collected<T> {
  readonly all: T[] = []
  /** Sees each as it arrives. */
  onAdd: ((item: T) => void) | undefined
  readonly #waiting = new Set<() => void>()

  add(item: T): void {
    this.all.push(item)
    this.onAdd?.(item)
    for (const look of this.#waiting) look()
  }

  /** Resolves as soon as `find` finds something; rejects, naming what was waited for, after 30 s. */
  until<Found>(what: string, find: (all: readonly T[]) => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(bound)
        this.#waiting.delete(look)
      }
      const look = () => {
        const found = find(this.all)
        if (found === undefined) return
        finish()
        resolve(found)
      }
      const bound = setTimeout(() => {
        finish()
        reject(new Error(`Waited ${BOUND_MS / 1_000} s for ${what}, in vain.`))
      }, BOUND_MS)
      // A wait that nobody needs any more holds nothing up.
      bound.unref()
      this.#waiting.add(look)
      look()
    })
  }
}
