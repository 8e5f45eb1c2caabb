import { isPromise } from 'node:util/types'

/**
 * Runs `work` and says how many seconds it took, whether it returned, threw, resolved or rejected (U4).
 *
 * The caller gets what `work` gave. Of a promise that is one derived from it: had it been observed on the side, a
 * rejection that nobody handles would no longer be reported.
 *
 * @param done must not throw
 */
export function timeWork<T>(work: () => T, done: (seconds: number) => void): T {
  const startedAt = performance.now()
  const end = (): void => done(Math.max(0, performance.now() - startedAt) / 1_000)
  let result: T
  try {
    result = work()
  } catch (error) {
    end()
    throw error
  }
  if (isPromise(result)) return result.finally(end) as T
  end()
  return result
}
