import { signal } from '@preact/signals'
import type { RequestList, StateFilter } from '../../shared/api.js'
import { fetchRequests, isAborted } from '../client.js'
import { listen, paused, waiting } from '../live.js'
import { countNew, mergeHead, replaceRows, withoutKeys, type Rows } from './merge-head.js'

const HEAD = 200
const REFRESH_MS = 500
const NOTHING_WAITS = { count: 0, more: false }

/** What the list shows; kept across pages, so that going back finds it as it was. */
export const shown = signal<Rows>({ rows: [] })
/** Counts, problems and what made it empty, of the last answer. */
export const answer = signal<Omit<RequestList, 'rows' | 'next'> | undefined>(undefined)
export const failure = signal<string | undefined>(undefined)
/** Set while the reader has scrolled away from the top: new rows wait, changed ones change in place. */
export const scrolledAway = signal(false)

let query: { filter: string; state?: StateFilter } | undefined
let abort = new AbortController()
let timer: ReturnType<typeof setTimeout> | undefined
let loadingMore = false

/** Loads the list for a filter, at once; for the filter that it has, what is newer. */
export function load(filter: string, state: StateFilter | undefined): Promise<void> {
  const isNew = query === undefined || query.filter !== filter || query.state !== state
  query = { filter, state }
  return refresh(isNew)
}

/** Shows what has waited, unless it still has to. */
export async function catchUp(): Promise<void> {
  if (waiting.value.count > 0) await refresh(false)
}

/** Goes to the top and shows what has waited there. */
export function showNewest(): Promise<void> {
  scrollTo({ top: 0 })
  scrolledAway.value = false
  return refresh(false)
}

/** The next page of older requests. */
export async function loadMore(): Promise<void> {
  const before = shown.value.next
  if (before === undefined || query === undefined || loadingMore) return
  loadingMore = true
  const { signal } = abort
  try {
    const page = await fetchRequests({ ...query, before, limit: HEAD }, signal)
    const known = new Set(shown.value.rows.map(({ key }) => key))
    const older = page.rows.filter(({ key }) => !known.has(key))
    shown.value = { rows: [...shown.value.rows, ...older], next: page.next }
  } catch (error) {
    report(error)
  } finally {
    loadingMore = false
  }
}

/** Follows the stream as long as the list is shown. */
export function followList(): () => void {
  const stop = listen({
    requests: (rows) => {
      if (!paused.value) shown.value = replaceRows(shown.value, rows)
      timer ??= setTimeout(() => void refresh(false), REFRESH_MS)
    },
    gone: (keys) => {
      if (!paused.value) shown.value = withoutKeys(shown.value, keys)
    },
  })
  return () => {
    stop()
    clearTimeout(timer)
    timer = undefined
    abort.abort()
    waiting.value = NOTHING_WAITS
  }
}

async function refresh(isNew: boolean): Promise<void> {
  if (query === undefined) return
  clearTimeout(timer)
  timer = undefined
  abort.abort()
  abort = new AbortController()
  const { signal } = abort
  try {
    const { rows, next, ...rest } = await fetchRequests({ ...query, limit: HEAD }, signal)
    if (signal.aborted) return
    failure.value = undefined
    show({ rows, next }, rest, isNew)
  } catch (error) {
    report(error)
  }
}

function show(head: Rows, rest: NonNullable<typeof answer.value>, isNew: boolean): void {
  if (!isNew && (paused.value || scrolledAway.value)) {
    waiting.value = countNew(shown.value, head)
    if (!paused.value) answer.value = rest
    return
  }
  shown.value = isNew ? head : mergeHead(shown.value, head)
  answer.value = rest
  waiting.value = NOTHING_WAITS
}

function report(error: unknown): void {
  if (!isAborted(error)) failure.value = error instanceof Error ? error.message : String(error)
}
