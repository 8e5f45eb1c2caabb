import { type Group } from '../join/group.js'
import { type EventCounter } from '../views/event-counts.js'
import { type Facts } from './facts.js'
import { type Origin } from './origin.js'
import { type Packed } from './packed.js'

/** One record in the store: its bytes, and what joining, lists and searches need of it. */
export interface Entry {
  readonly seq: number
  readonly signal: 'logs' | 'traces'
  readonly packed: Packed
  readonly origin: Origin
  readonly facts: Facts
  /** Of a line its moment, of a span its start. */
  readonly time: number
  readonly end: number
  /** Ids in hex digits, empty where there are none; of a line, `spanId` is the span that it was written in. */
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly text: string
  /** Its own request.id. */
  readonly ownId: string | undefined
  /** The request.id of its nearest ancestor that has one. */
  inheritedId: string | undefined
  group: Group | undefined
  counter: EventCounter | undefined
}

/** What an entry takes beside its texts: objects, places in maps and lists, its share of its request; as measured. */
const OVERHEAD = 1000

/** The digest of its request holds the text a second time. */
export function sizeOf(entry: Pick<Entry, 'packed' | 'text'>): number {
  return entry.packed.length + 2 * entry.text.length + OVERHEAD
}

/** The span that a record hangs on: of a line the one it was written in, of a span its parent. */
export function anchorOf(entry: Entry): string {
  return entry.signal === 'logs' ? entry.spanId : entry.parentId
}

/**
 * By time; of one moment lines of one span as they arrived, for a service sends them as it wrote them, and all else in an
 * order that does not depend on how it arrived.
 */
export function byTime(a: Entry, b: Entry): number {
  return (
    a.time - b.time ||
    compare(b.signal, a.signal) ||
    b.end - a.end ||
    compare(a.spanId, b.spanId) ||
    (a.signal === 'logs' ? a.seq - b.seq : 0) ||
    compare(a.text, b.text) ||
    compare(a.packed, b.packed)
  )
}

export function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
