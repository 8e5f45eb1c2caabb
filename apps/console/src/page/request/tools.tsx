import type { Signal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { KindBadge } from '../badge.js'
import { useKeys } from '../keys.js'
import type { Search } from './search.js'
import { LINES_NAMES, nextLines, type Lines } from './shown-rows.js'

interface Props {
  readonly lines: Signal<Lines>
  readonly squeeze: Signal<boolean>
  readonly hasGaps: boolean
  readonly search: Search
  readonly onNextError: (() => void) | undefined
}

export function Tools({ lines, squeeze, hasGaps, search, onNextError }: Props) {
  return (
    <div class="tools">
      <SearchBox search={search} />
      <button class="button" title="l" onClick={() => (lines.value = nextLines(lines.value))}>
        Lines: {LINES_NAMES[lines.value]}
      </button>
      {hasGaps ? (
        <button
          class="button"
          title="g"
          aria-pressed={squeeze.value}
          onClick={() => (squeeze.value = !squeeze.value)}
        >
          Short gaps
        </button>
      ) : null}
      {onNextError === undefined ? null : (
        <button class="button" title="e" onClick={onNextError}>
          Next error
        </button>
      )}
      <span class="spread" />
      <span class="legend wide-only" role="img" aria-label="Kinds: HTTP, job, socket, SQL, other work">
        <KindBadge kind="http" /> <KindBadge kind="job" /> <KindBadge kind="ws" /> <KindBadge kind="sql" />{' '}
        <KindBadge kind="out" />
      </span>
    </div>
  )
}

function SearchBox({ search }: { readonly search: Search }) {
  const box = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => box.current?.select() })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') search.go(event.shiftKey ? -1 : 1)
    if (event.key !== 'Escape') return
    // The page's own Escape leads back to the list.
    event.stopPropagation()
    if (search.text.value === '') box.current?.blur()
    search.text.value = ''
  }
  return (
    <span class="search-box">
      <input
        ref={box}
        class="field"
        type="text"
        aria-label="Search in this request"
        placeholder="Search in this request"
        autocomplete="off"
        spellcheck={false}
        value={search.text.value}
        onInput={({ currentTarget }) => (search.text.value = currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span class="search-count mute" role="status">
        {search.position}
      </span>
    </span>
  )
}
