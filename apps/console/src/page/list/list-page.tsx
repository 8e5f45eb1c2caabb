import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { StateFilter } from '../../shared/api.js'
import { HatchPattern } from '../hatch.js'
import { PageHeading } from '../heading.js'
import { useKeys } from '../keys.js'
import { paused, reopened, waiting } from '../live.js'
import { isNarrow } from '../media.js'
import { parameter } from '../router.js'
import { KeysLine } from '../shell/keys-line.js'
import { count, counted } from '../text/format.js'
import { useVirtualRows } from '../virtual-rows.js'
import { EmptyList } from './empty-list.js'
import { FilterBar } from './filter-bar.js'
import {
  answer,
  catchUp,
  failure,
  followList,
  load,
  loadMore,
  scrolledAway,
  showNewest,
  shown,
} from './list-state.js'
import { RequestListRow } from './request-row.js'

const ROW = 36
const NARROW_ROW = 86
const AWAY = 120
const COLUMNS = ['Started', 'Outcome', 'Request', 'Hops', 'User', 'Labels', 'Lines', 'Answer', 'All done']
const NUMBERS = new Set(['Lines', 'Answer', 'All done'])

export function ListPage() {
  const filter = parameter('q')
  const state = readState(parameter('state'))
  useEffect(() => followList(), [])
  useEffect(() => void load(filter, state), [filter, state, reopened.value])
  useScrolledAway()
  useEffect(() => {
    if (!paused.value) void catchUp()
  }, [paused.value])

  const { rows } = shown.value
  return (
    <>
      <PageHeading title="Requests" hidden />
      <FilterBar filter={filter} state={state} />
      {failure.value === undefined ? null : (
        <p class="failure">✕ The list could not be loaded: {failure.value}</p>
      )}
      {rows.length === 0 ? <EmptyList filter={filter} state={state} /> : <RequestRows />}
      <p class="unseen" role="status">
        {answer.value === undefined ? '' : inAll(answer.value.counts.all)}
      </p>
      <KeysLine
        keys={[
          ['/', 'filter'],
          ['j k', 'move'],
          ['Enter', 'open'],
          ['f', 'only failures'],
          ['Space', 'pause'],
          ['?', 'all keys'],
        ]}
      />
    </>
  )
}

function RequestRows() {
  const holder = useRef<HTMLDivElement>(null)
  const { rows, next } = shown.value
  const [current, setCurrent] = useState(0)
  const size = isNarrow.value ? NARROW_ROW : ROW
  const { items, height, show } = useVirtualRows(holder, {
    count: rows.length,
    sizeOf: () => size,
    sizes: size,
    covered: 80,
    allUpTo: 0,
  })
  const wanted = useRef<number | undefined>(undefined)
  const focusWanted = () => {
    if (wanted.current === undefined) return
    const link = holder.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`)
    if (link === null || link === undefined) return
    wanted.current = undefined
    link.focus({ preventScroll: true })
  }
  const move = (step: number) => {
    const inList = holder.current?.contains(document.activeElement) ?? false
    const index = Math.max(0, Math.min(rows.length - 1, inList ? current + step : current))
    setCurrent(index)
    show(index)
    wanted.current = index
    focusWanted()
  }
  // The row may have to be drawn first: then the next time.
  useLayoutEffect(focusWanted)
  useKeys({ j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1) })

  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (next !== undefined && last > rows.length - 40) void loadMore()
  }, [last, rows.length, next])

  return (
    <div
      class="list"
      role="table"
      aria-label="Requests"
      aria-rowcount={next === undefined ? rows.length + 1 : -1}
    >
      <HatchPattern />
      <NewRows />
      <div class="list-head" role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" class={NUMBERS.has(column) ? 'number' : undefined}>
            {column}
          </span>
        ))}
      </div>
      <div class="list-body" role="rowgroup" ref={holder} style={{ height: `${height}px` }}>
        {items.map(({ index }) => {
          const row = rows[index]
          return row === undefined ? null : (
            <RequestListRow
              key={row.key}
              row={row}
              index={index}
              top={index * size}
              isCurrent={index === Math.min(current, rows.length - 1)}
              onFocus={setCurrent}
            />
          )
        })}
      </div>
    </div>
  )
}

function NewRows() {
  const { count: waits, more } = waiting.value
  if (waits === 0 || paused.value) return null
  return (
    <div class="new-rows">
      <button class="button" onClick={() => void showNewest()}>
        ↑ {count(waits)}
        {more ? '+' : ''} new
      </button>
    </div>
  )
}

function useScrolledAway(): void {
  useEffect(() => {
    const onScroll = () => {
      const away = scrollY > AWAY
      const isBack = scrolledAway.value && !away
      scrolledAway.value = away
      if (isBack) void catchUp()
    }
    onScroll()
    addEventListener('scroll', onScroll, { passive: true })
    return () => removeEventListener('scroll', onScroll)
  }, [])
}

function readState(text: string): StateFilter | undefined {
  return text === 'failed' || text === 'retried' || text === 'slow' ? text : undefined
}

function inAll(all: number): string {
  return counted(all, 'request')
}
