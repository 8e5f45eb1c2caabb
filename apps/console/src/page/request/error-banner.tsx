import { useState } from 'preact/hooks'
import type { ErrorSummary } from '../../shared/api.js'
import { counted } from '../text/format.js'
import { oneLine } from '../text/visible.js'

interface Props {
  readonly errors: readonly ErrorSummary[]
  readonly onSelect: (row: number) => void
}

const FIRST = 2

/** What went wrong, and what became of it; a click leads to its row. */
export function ErrorBanner({ errors, onSelect }: Props) {
  const [showsAll, setShowsAll] = useState(false)
  if (errors.length === 0) return null
  const shown = showsAll ? errors : errors.slice(0, FIRST)
  return (
    <div class="errors" role="group" aria-label="Errors">
      {shown.map((error, index) => (
        <button key={index} class="error-line" onClick={() => onSelect(error.row)}>
          <b>✕ {oneLine(error.where, 120)}</b> <span class="error-text">{oneLine(error.message, 300)}</span>{' '}
          {error.sequel === undefined ? null : <span class="mute">{oneLine(error.sequel)}</span>}
        </button>
      ))}
      {errors.length === shown.length ? null : (
        <button class="error-line more" onClick={() => setShowsAll(true)}>
          {counted(errors.length - FIRST, 'more error')} ↓
        </button>
      )}
    </div>
  )
}
