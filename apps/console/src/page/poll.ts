import { useEffect, useState } from 'preact/hooks'
import { isAborted } from './client.js'
import { paused, reopened } from './live.js'

export interface Polled<Answer> {
  readonly answer?: Answer
  readonly failure?: string
}

/** Fetches again and again while the tab is seen and nothing is paused; `what` names what is fetched. */
export function usePolled<Answer>(
  what: string,
  everyMs: number,
  fetchIt: (signal: AbortSignal) => Promise<Answer>,
): Polled<Answer> {
  const [polled, setPolled] = useState<Polled<Answer>>({})
  useEffect(() => {
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let isFirst = true
    const go = async () => {
      if (isFirst || !(document.hidden || paused.peek())) await once()
      isFirst = false
      if (!abort.signal.aborted) timer = setTimeout(() => void go(), everyMs)
    }
    const once = async () => {
      try {
        const answer = await fetchIt(abort.signal)
        if (!abort.signal.aborted) setPolled({ answer })
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error)
        if (!isAborted(error)) setPolled(({ answer }) => ({ answer, failure }))
      }
    }
    void go()
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [what, everyMs, reopened.value])
  return polled
}
