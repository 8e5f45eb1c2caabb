import { memo } from '../memo.js'
import type { UnitRow, ViewRow } from '../../shared/api.js'
import type { Scale } from '../../shared/scale.js'
import { KindBadge, LevelBadge } from '../badge.js'
import { shortName } from '../text/short-name.js'
import { Lane } from './lane.js'
import { hintOf, timeInWords, titleOf } from './row-facts.js'

interface Props {
  readonly row: ViewRow
  /** Index into the rows of the view. */
  readonly index: number
  /** Position among the rows that are shown, from 0. */
  readonly position: number
  readonly top: number
  readonly height: number
  readonly end: number
  readonly scale: Scale
  /** Of the lane, for the word of a unit's wait; other rows are drawn without. */
  readonly width: number
  readonly isSelected: boolean
  readonly isDimmed: boolean
  readonly onSelect: (index: number) => void
}

const STEP = 14
const DEEPEST = 8

export const WaterfallRow = memo(function WaterfallRow(props: Props) {
  const { row, index, position, top, height, isSelected, isDimmed, onSelect } = props
  const indent = Math.min(row.depth, DEEPEST) * STEP
  return (
    <div
      class={`row is-${row.type}${position === 0 ? ' is-first' : ''}${isDimmed ? ' is-dimmed' : ''}`}
      role="row"
      aria-level={row.depth + 1}
      aria-rowindex={position + 2}
      aria-selected={isSelected}
      tabIndex={isSelected ? 0 : -1}
      data-index={index}
      title={row.service}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
      onClick={() => onSelect(index)}
    >
      <span class="row-name" role="gridcell" style={{ paddingLeft: `${indent + 12}px` }}>
        <RowName row={row} />
      </span>
      <span class="row-time" role="gridcell">
        <span class="unseen">{timeInWords(row)}</span>
        <span class="lane" aria-hidden="true">
          <Lane row={row} end={props.end} scale={props.scale} width={props.width} />
        </span>
      </span>
    </div>
  )
})

function RowName({ row }: { readonly row: ViewRow }) {
  const hint = hintOf(row)
  return (
    <>
      {row.type === 'unit' ? <Via row={row} /> : null}
      {row.type === 'line' ? <LevelBadge level={row.level} /> : <KindBadge kind={row.kind} />}
      <span class="row-text">
        <bdi class="row-title">{row.type === 'unit' ? shortName(titleOf(row)) : titleOf(row)}</bdi>
        {row.type === 'line' && row.replayed ? (
          <span class="mute" title="Kept until its unit failed">
            {' '}
            ⟲<span class="unseen"> replayed</span>
          </span>
        ) : null}
        {hint === '' ? null : (
          <small>
            {' '}
            <bdi>{hint}</bdi>
          </small>
        )}
      </span>
      {row.type === 'unit' ? <UnitState row={row} /> : null}
      {row.type === 'span' && row.failed ? <span class="state bad">✕</span> : null}
    </>
  )
}

const VIA = {
  child: ['↳', 'child span of what started it'],
  link: ['⇢', 'joined by a link'],
  id: ['·', 'joined by the request.id'],
} as const

function Via({ row: { via } }: { readonly row: UnitRow }) {
  if (via === undefined) return null
  const [sign, meaning] = VIA[via]
  return (
    <span class="via mute" role="img" aria-label={meaning} title={meaning}>
      {sign}
    </span>
  )
}

function UnitState({ row }: { readonly row: UnitRow }) {
  const tone = row.failed ? 'bad' : 'ok'
  if (row.statusCode !== undefined) {
    const isRefused = !row.failed && row.statusCode >= 400
    return <span class={`state ${isRefused ? 'warn' : tone}`}>{row.statusCode}</span>
  }
  if (row.attempt !== undefined && (row.attempt > 1 || row.failed)) {
    return (
      <span class={`state ${tone}`}>
        {row.failed ? '✕' : row.end === undefined ? '…' : '✓'} attempt {row.attempt}
      </span>
    )
  }
  return row.failed ? <span class="state bad">✕</span> : null
}
