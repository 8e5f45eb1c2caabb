import { type Arrivals } from './arrivals.js'

export type Truthy<T> = Exclude<T, false | 0 | 0n | '' | null | undefined | void>

export interface UntilOptions {
  /** The predicate's subject in words, for the error. */
  readonly what: string
  readonly patienceMs: number
  /** Aborted when nothing can arrive any more. */
  readonly stopped: AbortSignal
}

/** The predicate's first truthy value: now, or after one of the requests to come. */
export function until<T>(
  arrivals: Arrivals,
  predicate: () => T,
  { what, patienceMs, stopped }: UntilOptions,
): Promise<Truthy<T>> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => end(() => reject(new Error(`${why}: ${what}\n${arrivals.describe()}`)))
    const onStop = () => fail('The receiver was stopped before')
    const timer = setTimeout(() => fail(`Not within ${patienceMs / 1000} s`), patienceMs)
    const unsubscribe = arrivals.subscribe(attempt)
    stopped.addEventListener('abort', onStop)

    attempt()
    if (stopped.aborted) onStop()

    function attempt(): void {
      try {
        const value = predicate()
        if (value) end(() => resolve(value as Truthy<T>))
      } catch (error) {
        end(() => reject(error))
      }
    }

    function end(settle: () => void): void {
      clearTimeout(timer)
      unsubscribe()
      stopped.removeEventListener('abort', onStop)
      settle()
    }
  })
}
