import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ViewRow } from '../../shared/api.js'
import { useKeys } from '../keys.js'
import { isNarrow } from '../media.js'
import { useVirtualRows } from '../virtual-rows.js'
import { Axis, GapBands } from './axis.js'
import { rowId } from './row-facts.js'
import type { Timeline } from './timeline.js'
import { WaterfallRow } from './waterfall-row.js'

interface Props {
  readonly timeline: Timeline
  readonly selected: number
  readonly matches: ReadonlySet<number> | undefined
  readonly onSelect: (index: number) => void
}

const HEIGHTS = { unit: 32, span: 26, line: 26 } as const
const NARROW_HEIGHTS = { unit: 47, span: 42, line: 36 } as const
/** Of the bar at the top of the page and the axis, which stay. */
const COVERED = 80
const ALL_UP_TO = 300

export function Waterfall({ timeline, selected, matches, onSelect }: Props) {
  const { view, shown, scale, ends } = timeline
  const heights: Record<ViewRow['type'], number> = isNarrow.value ? NARROW_HEIGHTS : HEIGHTS
  const heightOf = (position: number) => heights[view.rows[shown[position] ?? 0]?.type ?? 'line']
  const holder = useRef<HTMLDivElement>(null)
  const lane = useRef<HTMLSpanElement>(null)
  const width = useWidth(lane)
  const offsets = useMemo(() => {
    let sum = 0
    return shown.map((_, position) => (sum += heightOf(position)) - heightOf(position))
  }, [shown, heights])
  const { items, height, show } = useVirtualRows(holder, {
    count: shown.length,
    sizeOf: heightOf,
    sizes: offsets,
    covered: COVERED,
    allUpTo: ALL_UP_TO,
  })
  const { select, move } = useRowFocus({ holder, timeline, selected, show, onSelect })
  useKeys({ j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1) })

  return (
    <div role="treegrid" aria-label="Timeline" aria-rowcount={shown.length + 1} aria-readonly="true">
      <Axis scale={scale} width={width} lane={lane} />
      <div class="rows" role="rowgroup" ref={holder} style={{ height: `${height}px` }}>
        <GapBands scale={scale} />
        {items.map(({ index: position }) => {
          const index = shown[position]
          const row = index === undefined ? undefined : view.rows[index]
          return index === undefined || row === undefined ? null : (
            <WaterfallRow
              key={rowId(row, index)}
              row={row}
              index={index}
              position={position}
              top={offsets[position] ?? 0}
              height={heightOf(position)}
              end={ends[index] ?? row.at}
              scale={scale}
              width={row.type === 'unit' ? width : 0}
              isSelected={index === selected}
              isDimmed={matches !== undefined && !matches.has(index)}
              onSelect={select}
            />
          )
        })}
      </div>
    </div>
  )
}

interface RowFocus extends Pick<Props, 'timeline' | 'selected' | 'onSelect'> {
  readonly holder: { readonly current: HTMLElement | null }
  readonly show: (position: number) => void
}

/** Whoever types, or steps from error to error with the button, goes on there. */
const KEEPS_FOCUS = 'input, .tools button'

/** Moves the selection; the focus goes with it, and the row comes into sight. */
function useRowFocus({ holder, timeline, selected, show, onSelect }: RowFocus) {
  const { shown } = timeline
  const latest = useRef(onSelect)
  latest.current = onSelect
  const wantsFocus = useRef(false)
  const isFirst = useRef(true)
  const row = timeline.view.rows[selected]
  const id = row === undefined ? '' : rowId(row, selected)
  const select = useCallback((index: number) => latest.current(index), [])
  // The row may have to be drawn first: then the next time.
  const focusRow = () => {
    const row = holder.current?.querySelector<HTMLElement>(`[data-index="${selected}"]`)
    wantsFocus.current = row === null
    row?.focus({ preventScroll: true })
  }
  const move = (step: 1 | -1) => {
    const position = shown.indexOf(selected)
    const next = position === -1 ? nearest(shown, selected) : shown[position + step]
    if (next !== undefined) select(next)
  }
  useEffect(() => {
    const position = shown.indexOf(selected)
    // A page that was just opened starts at its head, unless its address names a row.
    const named = new URLSearchParams(location.search).has('row')
    if (position !== -1 && (!isFirst.current || named)) show(position)
    if (!isFirst.current && !document.activeElement?.matches(KEEPS_FOCUS)) focusRow()
    isFirst.current = false
  }, [id])
  useLayoutEffect(() => {
    if (wantsFocus.current) focusRow()
  })
  return { select, move }
}

function nearest(shown: readonly number[], index: number): number | undefined {
  return shown.findLast((candidate) => candidate < index) ?? shown[0]
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(500)
  useLayoutEffect(() => {
    if (element.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return width
}
