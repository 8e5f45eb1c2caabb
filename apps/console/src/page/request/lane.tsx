import type { LineRow, SpanRow, UnitRow, ViewRow } from '../../shared/api.js'
import type { Scale } from '../../shared/scale.js'
import { duration } from '../text/format.js'

interface Props<Row extends ViewRow> {
  readonly row: Row
  readonly end: number
  readonly scale: Scale
  /** Of the lane, in pixels. */
  readonly width: number
}

/** Room for the word of a wait, in pixels: around it, and for each letter. */
const WORD = 8
const LETTER = 6

export function Lane({ row, end, scale, width }: Props<ViewRow>) {
  if (row.type === 'line') return <LineMark row={row} scale={scale} />
  return (
    <>
      {row.type === 'unit' && row.waited !== undefined ? (
        <Wait row={row} scale={scale} width={width} />
      ) : null}
      <Bar row={row} end={end} scale={scale} />
    </>
  )
}

function Bar({ row, end, scale }: Omit<Props<UnitRow | SpanRow>, 'width'>) {
  const left = scale.at(row.at) * 100
  const right = scale.at(end) * 100
  const isOpen = row.end === undefined
  const look = `bar ${row.failed ? 'is-failed' : `b-${row.kind}`}${isOpen ? ' is-open' : ''}`
  return (
    <>
      <i class={look} style={{ left: `${left}%`, width: `${right - left}%` }} />
      <span class={`took${isOpen ? ' is-open' : ''}`} style={{ left: `${right}%` }}>
        {row.end === undefined ? 'open' : duration(row.end - row.at)}
      </span>
    </>
  )
}

function Wait({ row, scale, width }: Omit<Props<UnitRow>, 'end'>) {
  const { waited } = row
  if (waited === undefined) return null
  const from = scale.at(waited.from)
  const to = scale.at(row.at)
  return (
    <>
      <i class="wait" style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
      {(to - from) * width < WORD + waited.reason.length * LETTER ? null : (
        <span class="wait-word" style={{ left: `${((from + to) / 2) * 100}%` }}>
          {waited.reason}
        </span>
      )}
    </>
  )
}

const SHAPES = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'error',
} as const

function LineMark({ row, scale }: { readonly row: LineRow; readonly scale: Scale }) {
  return (
    <i
      class={`mark m-${SHAPES[row.level]}${row.replayed ? ' is-replayed' : ''}`}
      style={{ left: `${scale.at(row.at) * 100}%` }}
    />
  )
}
