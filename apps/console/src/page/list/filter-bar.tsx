import { useEffect, useRef, useState } from 'preact/hooks'
import type { StateFilter } from '../../shared/api.js'
import { fetchRequest } from '../client.js'
import { useKeys } from '../keys.js'
import { requestPath } from '../page-path.js'
import { navigate, setParameters } from '../router.js'
import { count } from '../text/format.js'
import { oneLine } from '../text/visible.js'
import { bareId, termsOf, withoutTerm } from './filter-terms.js'
import { answer } from './list-state.js'

const TYPING_MS = 150
const STATES: readonly { readonly state: StateFilter; readonly name: string }[] = [
  { state: 'failed', name: 'Failed' },
  { state: 'retried', name: 'Retried' },
  { state: 'slow', name: 'Slow' },
]

interface Props {
  readonly filter: string
  readonly state: StateFilter | undefined
}

export function FilterBar({ filter, state }: Props) {
  const setState = (chosen: StateFilter) => setParameters({ state: chosen === state ? '' : chosen })
  useKeys({ f: () => setState('failed') })
  return (
    <>
      <search class="bar">
        <FilterBox filter={filter} />
        {STATES.map((choice) => (
          <button
            key={choice.state}
            class="button"
            aria-pressed={state === choice.state}
            onClick={() => setState(choice.state)}
            title={choice.state === 'slow' ? slowMeans() : undefined}
          >
            {choice.name} <b>{answer.value === undefined ? '' : count(answer.value.counts[choice.state])}</b>
          </button>
        ))}
      </search>
      <Terms filter={filter} />
      <Problems />
    </>
  )
}

function FilterBox({ filter }: { readonly filter: string }) {
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(filter)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    // What the address says goes before what is in the box, unless the reader is just typing.
    if (timer.current === undefined) setTyped(filter)
  }, [filter])
  useEffect(() => () => clearTimeout(timer.current), [])
  useKeys({ '/': () => box.current?.select() })

  const apply = (text: string) => {
    clearTimeout(timer.current)
    timer.current = undefined
    setParameters({ q: text.trim() })
  }
  const onInput = (text: string) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => apply(text), TYPING_MS)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void openOrFilter(typed, apply)
    if (event.key === 'Escape') box.current?.blur()
  }
  return (
    <input
      ref={box}
      class="field"
      type="text"
      aria-label="Filter"
      placeholder="Paste a request.id, or filter: user:42 level:error event:job_failed service:worker any text"
      autocomplete="off"
      spellcheck={false}
      value={typed}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}

/** A bare id opens its request where there is one. */
async function openOrFilter(typed: string, apply: (text: string) => void): Promise<void> {
  apply(typed)
  const id = bareId(typed)
  if (id === undefined) return
  const found = await fetchRequest(id).catch(() => undefined)
  if (found !== undefined && !('error' in found)) navigate(requestPath(found.row.key))
}

function Terms({ filter }: { readonly filter: string }) {
  const terms = termsOf(filter)
  if (terms.length === 0) return null
  return (
    <ul class="terms" aria-label="Terms of the filter">
      {terms.map((term, index) => (
        <li key={`${index} ${term}`}>
          <button
            class="chip is-on"
            aria-label={`Remove ${oneLine(term)}`}
            onClick={() => setParameters({ q: withoutTerm(filter, index) })}
          >
            <bdi>{oneLine(term, 80)}</bdi> <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Problems() {
  const problems = answer.value?.problems ?? []
  if (problems.length === 0) return null
  return (
    <div class="problems" role="status">
      {problems.map((problem) => (
        <p key={problem}>! {oneLine(problem)}</p>
      ))}
    </div>
  )
}

function slowMeans(): string | undefined {
  return answer.value === undefined ? undefined : `Answered after more than ${count(answer.value.slowMs)} ms`
}
