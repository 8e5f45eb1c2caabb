import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { RequestView } from '../../shared/api.js'
import { fetchRequest, isAborted } from '../client.js'
import { listen, paused, reopened } from '../live.js'

/** What is known of one request. */
export interface Loaded {
  readonly view?: RequestView
  /** It is not there: it had to leave, or nothing of it has arrived. */
  readonly unknown?: { readonly evicted: boolean }
  /** It left the store while it was looked at. */
  readonly isGone?: boolean
  readonly failure?: string
}

const LEAST_MS = 500
/** A large request is fetched again no more than a tenth of the time. */
const SHARE = 10

/** Loads a request, and again whenever the stream tells of it. */
export function useRequest(key: string): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({})
  const current = useRef<Loader | undefined>(undefined)
  // Not once it is painted: the answer of a large request is made meanwhile.
  useLayoutEffect(() => {
    const loader = new Loader(key, setLoaded)
    current.current = loader
    void loader.load()
    const stop = listen({
      requests: (rows) => {
        if (rows.some((row) => row.key === key)) loader.later()
      },
      gone: (keys) => {
        if (keys.includes(key))
          setLoaded((last) => (last.view === undefined ? last : { ...last, isGone: true }))
      },
    })
    return () => {
      stop()
      loader.stop()
    }
  }, [key, reopened.value])
  useEffect(() => {
    // What has come while it was paused; there is nothing to do the first time.
    if (!paused.value && loaded.view !== undefined) current.current?.later()
  }, [paused.value])
  return loaded
}

class Loader {
  readonly #abort = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause = LEAST_MS

  constructor(
    private readonly key: string,
    private readonly set: (change: (last: Loaded) => Loaded) => void,
  ) {}

  async load(): Promise<void> {
    const started = performance.now()
    try {
      const answer = await fetchRequest(this.key, this.#abort.signal)
      this.set((last) => next(last, answer))
    } catch (error) {
      if (isAborted(error)) return
      this.set((last) => ({ ...last, failure: error instanceof Error ? error.message : String(error) }))
    }
    this.#pause = Math.max(LEAST_MS, (performance.now() - started) * SHARE)
  }

  later(): void {
    if (paused.peek()) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.load()
    }, this.#pause)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#abort.abort()
  }
}

function next(last: Loaded, answer: Awaited<ReturnType<typeof fetchRequest>>): Loaded {
  if (!('error' in answer)) {
    return last.view?.row.version === answer.row.version && !last.isGone
      ? { view: last.view }
      : { view: answer }
  }
  if (last.view !== undefined) return { view: last.view, isGone: true }
  return { unknown: { evicted: answer.evicted } }
}
