import { type RawRecord } from '../../shared/api.js'
import { type Journal } from '../journal.js'
import { type Entry, sizeOf } from '../record/entry.js'
import { type Origins } from '../record/origin.js'
import { rawOf } from '../record/raw.js'
import { type EventCounts } from '../views/event-counts.js'
import { Gone } from './gone.js'
import { type Group, type GroupKind } from './group.js'
import { Groups } from './groups.js'
import { Joiner } from './joiner.js'

export interface Limits {
  readonly records: number
  readonly bytes: number
}

/** How much of the store one request may take, and the lines outside of requests of one process: others need room too. */
const REQUEST_SHARE = 1 / 2
const SERVICE_SHARE = 1 / 10
/** What a request takes beside its records: its row, what filters ask it, its traces. */
const GROUP_OVERHEAD = 2000
/** Of a group that is too large, so much leaves at once. */
const CUT = 1 / 10

/** The records, in their groups, within their bounds. */
export class Records {
  readonly groups = new Groups()
  readonly gone = new Gone()
  readonly dirty = new Set<Group>()
  readonly #bySeq = new Map<number, Entry>()
  readonly #joiner = new Joiner((entry, kind, name) => this.#assign(entry, kind, name))
  readonly #leaving: number[] = []
  #bytes = 0
  evictedRequests = 0
  evictedRecords = 0
  evictedSince: number | undefined

  constructor(
    readonly limits: Limits,
    private readonly origins: Origins,
    private readonly counts: EventCounts,
  ) {}

  get size(): number {
    return this.#bySeq.size
  }

  get bytes(): number {
    return this.#bytes + this.origins.bytes + this.groups.size * GROUP_OVERHEAD
  }

  raw(seq: number): RawRecord | undefined {
    const entry = this.#bySeq.get(seq)
    return entry === undefined ? undefined : rawOf(entry)
  }

  /** Exporters send a batch again when they did not hear of its arrival. */
  isKnown(entry: Entry): boolean {
    if (entry.signal === 'logs') return false
    return this.#joiner.span(entry.traceId, entry.spanId)?.packed === entry.packed
  }

  add(entry: Entry): void {
    this.#bySeq.set(entry.seq, entry)
    this.#bytes += sizeOf(entry)
    this.counts.add(entry)
    this.#joiner.place(entry)
    const { group } = entry
    if (group !== undefined && this.#isTooLarge(group)) this.#cut(group)
  }

  /** Evicts the oldest whole requests until the rest is within the bounds. */
  enforce(): void {
    while (this.size > this.limits.records || this.bytes > this.limits.bytes) {
      const { oldest } = this.groups
      if (oldest === undefined) return
      this.#evict(oldest)
    }
  }

  /** Tells the journal who left since the last time. */
  flushTo(journal: Journal | undefined): void {
    if (this.#leaving.length > 0) journal?.remove(this.#leaving)
    this.#leaving.length = 0
  }

  #assign(entry: Entry, kind: GroupKind, name: string): void {
    const from = entry.group
    const to = this.groups.open(kind, name)
    if (from === to) return
    if (from !== undefined) {
      from.remove(entry)
      if (from.entries.size === 0) this.#drop(from)
      else this.#touch(from)
    }
    to.add(entry)
    this.#touch(to)
  }

  #touch(group: Group): void {
    this.groups.touch(group)
    this.dirty.add(group)
  }

  #isTooLarge({ kind, entries, bytes }: Group): boolean {
    const share = kind === 'service' ? SERVICE_SHARE : REQUEST_SHARE
    return entries.size > Math.max(1, this.limits.records * share) || bytes > this.limits.bytes * share
  }

  #cut(group: Group): void {
    const count = Math.max(1, Math.floor(group.entries.size * CUT))
    let left = count
    for (const entry of group.entries) {
      if (left === 0 || group.entries.size === 1) break
      left -= 1
      this.#remove(entry, group)
    }
    group.lost += count - left
    this.#countEvicted(0, count - left)
    this.#touch(group)
  }

  #evict(group: Group): void {
    const { size } = group.entries
    for (const entry of group.entries) this.#remove(entry, group)
    this.#drop(group)
    this.gone.evicted(group.key)
    this.#countEvicted(1, size)
  }

  #countEvicted(requests: number, records: number): void {
    this.evictedRequests += requests
    this.evictedRecords += records
    this.evictedSince ??= Date.now()
  }

  #remove(entry: Entry, group: Group): void {
    group.remove(entry)
    this.#joiner.forget(entry)
    this.counts.remove(entry)
    this.origins.release(entry.origin)
    this.#bySeq.delete(entry.seq)
    this.#bytes -= sizeOf(entry)
    this.#leaving.push(entry.seq)
  }

  #drop(group: Group): void {
    this.groups.delete(group)
    this.dirty.delete(group)
    this.gone.left(group.key, this.groups.nextVersion())
  }
}
