import { useSignal, type Signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { searchText } from './row-facts.js'
import { nextFitting } from './shown-rows.js'
import type { Timeline } from './timeline.js'

/** A search inside the request. */
export interface Search {
  readonly text: Signal<string>
  /** Rows that hold the text; undefined while nothing is searched for. */
  readonly matches: ReadonlySet<number> | undefined
  /** "2 of 7" */
  readonly position: string
  go(step: 1 | -1): void
}

export function useSearch(timeline: Timeline, selected: number, select: (index: number) => void): Search {
  const text = useSignal('')
  const wanted = text.value.trim().toLowerCase()
  const isOn = wanted !== ''
  const texts = useMemo(() => (isOn ? timeline.view.rows.map(searchText) : []), [timeline.view, isOn])
  const matches = useMemo(
    () => (isOn ? new Set(timeline.shown.filter((index) => texts[index]?.includes(wanted))) : undefined),
    [timeline, texts, wanted],
  )
  const go = (step: 1 | -1) => {
    const index = nextFitting(timeline.shown, selected, (candidate) => matches?.has(candidate) ?? false, step)
    if (index !== undefined) select(index)
  }
  return { text, matches, position: positionOf(matches, selected), go }
}

function positionOf(matches: ReadonlySet<number> | undefined, selected: number): string {
  if (matches === undefined) return ''
  const at = [...matches].indexOf(selected)
  return at === -1 ? `${matches.size} found` : `${at + 1} of ${matches.size}`
}
