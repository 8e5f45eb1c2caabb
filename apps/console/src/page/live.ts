import { signal } from '@preact/signals'
import type { RequestRow, Status, StreamMessages } from '../shared/api.js'
import { fetchStatus } from './client.js'

/** What the server tells of on its own: one stream for the whole page, closed while nobody looks. */
export type Connection = 'opening' | 'open' | 'lost'

export const connection = signal<Connection>('opening')
export const status = signal<Status | undefined>(undefined)
/** Pages hold still while this is set. */
export const paused = signal(false)
/** How many requests wait for the list to go on; absent for "more than were counted". */
export const waiting = signal<{ readonly count: number; readonly more: boolean }>({ count: 0, more: false })
/** Raised when what a page shows may be old: the stream was away for a while. */
export const reopened = signal(0)

interface Listener {
  readonly requests?: (rows: readonly RequestRow[]) => void
  readonly gone?: (keys: readonly string[]) => void
}

const RETRY_MS = 2000
const listeners = new Set<Listener>()
let source: EventSource | undefined
let wasOpen = false
let retry: ReturnType<typeof setTimeout> | undefined

export function listen(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Opens the stream and keeps it open while the tab is seen. */
export function follow(): () => void {
  const onVisibility = () => (document.hidden ? close() : open())
  document.addEventListener('visibilitychange', onVisibility)
  onVisibility()
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    close()
  }
}

function open(): void {
  close()
  const stream = new EventSource('/api/stream')
  source = stream
  stream.addEventListener('open', () => {
    if (wasOpen || connection.value === 'lost') reopened.value++
    connection.value = 'open'
    wasOpen = true
    fetchStatus().then(
      (answer) => (status.value = answer),
      () => undefined,
    )
  })
  stream.addEventListener('error', () => {
    connection.value = 'lost'
    // The browser tries again by itself unless the answer was no stream at all.
    if (stream.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS)
  })
  stream.addEventListener('requests', ({ data }) => {
    const rows = read<StreamMessages['requests']>(data)
    for (const listener of listeners) listener.requests?.(rows)
  })
  stream.addEventListener('gone', ({ data }) => {
    const keys = read<StreamMessages['gone']>(data)
    for (const listener of listeners) listener.gone?.(keys)
  })
  stream.addEventListener('status', ({ data }) => (status.value = read<Status>(data)))
}

function close(): void {
  clearTimeout(retry)
  source?.close()
  source = undefined
}

function read<Message>(data: string): Message {
  return JSON.parse(data) as Message
}
