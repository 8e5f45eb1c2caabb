import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { RequestView } from '../../shared/api.js'
import { Detail } from '../detail/detail.js'
import { PageHeading } from '../heading.js'
import { useKeys } from '../keys.js'
import { backToList, parameter, setParameters } from '../router.js'
import { KeysLine } from '../shell/keys-line.js'
import { ErrorBanner } from './error-banner.js'
import { RequestHead } from './request-head.js'
import { useRequest } from './request-state.js'
import { indexOfRow, rowId, titleOf } from './row-facts.js'
import { nextLines, nextProblem, type Lines } from './shown-rows.js'
import { makeTimeline } from './timeline.js'
import { timelineScale } from './timeline-scale.js'
import { UnknownNote, WithoutSpansNote } from './notes.js'
import { Tools } from './tools.js'
import { counted } from '../text/format.js'
import { useSearch } from './search.js'
import { Waterfall } from './waterfall.js'

export function RequestPage({ requestKey }: { readonly requestKey: string }) {
  const { view, unknown, isGone, failure } = useRequest(requestKey)
  useKeys({ Escape: backToList })
  if (view !== undefined) return <KnownRequest view={view} isGone={isGone ?? false} />
  if (unknown !== undefined) return <UnknownNote requestKey={requestKey} evicted={unknown.evicted} />
  return (
    <div class="request-head">
      <PageHeading title="Request">{failure === undefined ? 'Loading…' : 'Not loaded'}</PageHeading>
      {failure === undefined ? null : <p class="failure">✕ {failure}</p>}
    </div>
  )
}

function KnownRequest({ view, isGone }: { readonly view: RequestView; readonly isGone: boolean }) {
  const lines = useSignal<Lines>('all')
  const squeeze = useSignal(true)
  const timeline = useMemo(
    () => makeTimeline(view, lines.value, squeeze.value),
    [view, lines.value, squeeze.value],
  )
  const { selected, select } = useSelection(view)
  const search = useSearch(timeline, selected, select)
  const rawIsOpen = useSignal(false)
  const nextError = () => {
    const index = nextProblem(view.rows, timeline.shown, selected)
    if (index !== undefined) select(index)
  }
  useKeys({
    e: nextError,
    l: () => (lines.value = nextLines(lines.value)),
    g: () => (squeeze.value = !squeeze.value),
    r: () => (rawIsOpen.value = !rawIsOpen.value),
  })
  const hasGaps = useMemo(
    () => timelineScale(view.rows, timeline.ends, true).segments.some(({ gap }) => gap),
    [view],
  )
  return (
    <>
      <RequestHead view={view} />
      {isGone ? (
        <p class="note">This request has left the store; this page shows what was known of it.</p>
      ) : null}
      <ErrorBanner errors={view.errors} onSelect={select} />
      {view.withoutSpans === undefined ? null : (
        <WithoutSpansNote sampleRatio={view.withoutSpans.sampleRatio} />
      )}
      {view.lost === undefined ? null : (
        <p class="note">
          {counted(view.lost, 'record')} of this request had to leave: a single request may take half of the
          store.
        </p>
      )}
      <div class="columns">
        <section class="waterfall" aria-label="Timeline">
          <Tools
            lines={lines}
            squeeze={squeeze}
            hasGaps={hasGaps}
            search={search}
            onNextError={view.errors.length === 0 ? undefined : nextError}
          />
          <Waterfall timeline={timeline} selected={selected} matches={search.matches} onSelect={select} />
          {view.folded === 0 ? null : (
            <p class="folded">
              ⋯ {view.folded} older messages of the connection are folded away; the last 50 are shown.
            </p>
          )}
          <ToDetail view={view} index={selected} />
        </section>
        <Detail view={view} index={selected} rawIsOpen={rawIsOpen} onSelect={select} />
      </div>
      <KeysLine
        keys={[
          ['j k', 'row'],
          ['e', 'next error'],
          ['/', 'search'],
          ['l', 'lines'],
          ['g', 'gaps'],
          ['r', 'raw'],
          ['Esc', 'back'],
        ]}
      />
    </>
  )
}

/** Where the details are below the rows, the way to them. */
function ToDetail({ view, index }: { readonly view: RequestView; readonly index: number }) {
  const row = view.rows[index]
  if (row === undefined) return null
  const go = () => {
    const detail = document.getElementById('detail')
    detail?.scrollIntoView()
    detail?.focus({ preventScroll: true })
  }
  return (
    <button class="to-detail" onClick={go}>
      <bdi>{titleOf(row)}</bdi> <span>Details ↓</span>
    </button>
  )
}

const ADDRESS_MS = 250

/** The selected row, in the address too, so that a link to the page leads to it. */
function useSelection(view: RequestView) {
  const id = useSignal(parameter('row'))
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const found = useMemo(() => indexOfRow(view.rows, id.value), [view, id.value])
  const selected = found === -1 ? (view.errors[0]?.row ?? 0) : found
  const select = (index: number) => {
    const row = view.rows[index]
    if (row === undefined) return
    id.value = rowId(row, index)
    clearTimeout(timer.current)
    // Browsers refuse an address that changes as fast as a held key repeats.
    timer.current = setTimeout(() => setParameters({ row: id.value }), ADDRESS_MS)
  }
  return { selected, select }
}
