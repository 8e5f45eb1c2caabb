import { decodeRequest, type Payload } from '@throughline/otlp'
import {
  type EventList,
  type MetricsView,
  type RawRecord,
  type RequestExport,
  type RequestList,
  type RequestRow,
  type RequestView,
  type Status,
  type UnknownRequest,
} from '../shared/api.js'
import { Records } from './join/records.js'
import { type Journal } from './journal.js'
import { Metrics } from './metrics/metrics.js'
import { byTime, type Entry } from './record/entry.js'
import { takeIn } from './record/intake.js'
import { Origins } from './record/origin.js'
import { rawOf } from './record/raw.js'
import { SharedTexts } from './record/shared-texts.js'
import { requestBytes } from './record/wire.js'
import { EventCounts } from './views/event-counts.js'
import { type ListQuery, RowList } from './views/row-list.js'
import { viewOf } from './views/view.js'

export interface StoreOptions {
  /** 100,000 records and 256 MB by default. */
  readonly limits?: { readonly records?: number; readonly bytes?: number }
  /** Requests that are answered later than this are slow; 500 by default. */
  readonly slowMs?: number
  /** Names of the events that are listed. */
  readonly catalogue?: ReadonlySet<string>
  readonly journal?: Journal
}

export interface Taken {
  readonly rejected: number
  /** Why the first of them was refused. */
  readonly reason?: string
}

export type Summary = Pick<
  Status,
  'records' | 'bytes' | 'limits' | 'evicted' | 'received' | 'services' | 'hasCatalogue'
> & { readonly rejected: number }

/** What arrived, joined by request.id, bounded. */
export class Store {
  readonly #origins = new Origins()
  readonly #texts = new SharedTexts()
  readonly #counts: EventCounts
  readonly #records: Records
  readonly #rows: RowList
  readonly #metrics = new Metrics()
  readonly #journal: Journal | undefined
  readonly #listeners = new Set<() => void>()
  readonly #received = { logs: 0, spans: 0, points: 0 }
  readonly #hasCatalogue: boolean
  #rejected = 0
  #seq = 0

  constructor({ limits = {}, slowMs = 500, catalogue, journal }: StoreOptions = {}) {
    const { records = 100_000, bytes = 256 * 2 ** 20 } = limits
    this.#hasCatalogue = catalogue !== undefined
    this.#counts = new EventCounts(catalogue)
    this.#records = new Records({ records, bytes }, this.#origins, this.#counts)
    this.#rows = new RowList(this.#records, slowMs)
    this.#journal = journal
    if (journal !== undefined) this.#restore(journal)
  }

  /** Takes the decoded body of an export request. Never throws; returns what it refused. */
  add(payload: Payload): Taken {
    if (payload.signal === 'metrics') return this.#addPoints(payload)
    const { entries, ...taken } = takeIn(payload, this.#origins, this.#texts, () => (this.#seq += 1))
    this.#rejected += taken.rejected
    this.#received[payload.signal === 'logs' ? 'logs' : 'spans'] += entries.length
    const added = this.#place(entries)
    this.#journal?.append(
      added.map((entry) => ({ seq: entry.seq, signal: entry.signal, bytes: requestBytes(entry) })),
    )
    this.#records.flushTo(this.#journal)
    this.#rows.settle()
    if (added.length > 0) this.#changed()
    return taken
  }

  list(query: ListQuery): RequestList {
    return this.#rows.list(query)
  }

  view(key: string): RequestView | UnknownRequest {
    const group = this.#records.groups.get(key)
    if (group === undefined) return { error: 'unknown', evicted: this.#records.gone.wasEvicted(key) }
    return viewOf(group)
  }

  raw(seq: number): RawRecord | undefined {
    return this.#records.raw(seq)
  }

  export(key: string): RequestExport | undefined {
    const group = this.#records.groups.get(key)
    if (group === undefined) return undefined
    return {
      ...(group.requestId === undefined ? {} : { requestId: group.requestId }),
      exported: new Date().toISOString(),
      records: [...group.entries].toSorted(byTime).map(rawOf),
    }
  }

  events(now = Date.now()): EventList {
    return this.#counts.list(now)
  }

  metrics({ minutes, now = Date.now() }: { minutes: number; now?: number }): MetricsView {
    return this.#metrics.view(minutes, now, this.#records.groups.values())
  }

  /** The part of Status that the store knows. */
  summary(): Summary {
    const { size, bytes, limits, evictedRequests, evictedRecords, evictedSince } = this.#records
    return {
      records: size,
      bytes,
      limits,
      evicted: {
        requests: evictedRequests,
        records: evictedRecords,
        ...(evictedSince === undefined ? {} : { since: evictedSince }),
      },
      received: { ...this.#received },
      services: this.#origins.services,
      hasCatalogue: this.#hasCatalogue,
      rejected: this.#rejected,
    }
  }

  /** Calls back, synchronously, when something changed. Returns what removes it. */
  onChange(listener: () => void): () => void {
    // Of its own, so that one function that is given twice is called twice.
    const own = (): void => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  /** Rows changed and keys gone since `version`, newest first, at most `limit` rows; `version` for the next call. */
  changesSince(version: number, limit: number): { version: number; requests: RequestRow[]; gone: string[] } {
    const { groups, gone } = this.#records
    const requests: RequestRow[] = []
    let group = groups.newest
    while (group !== undefined && group.version > version && requests.length < limit) {
      requests.push(this.#rows.rowOf(group))
      group = group.older
    }
    return {
      version: groups.version,
      requests,
      gone: gone.since(version).filter((key) => groups.get(key) === undefined),
    }
  }

  close(): void {
    this.#listeners.clear()
    this.#journal?.close()
  }

  #addPoints(payload: Extract<Payload, { signal: 'metrics' }>): Taken {
    const { points, ...taken } = this.#metrics.add(payload.message)
    this.#received.points += points
    this.#rejected += taken.rejected
    if (points > 0) this.#changed()
    return taken
  }

  #place(entries: readonly Entry[]): Entry[] {
    const added: Entry[] = []
    for (const entry of entries) {
      if (this.#records.isKnown(entry)) {
        this.#origins.release(entry.origin)
        continue
      }
      this.#records.add(entry)
      added.push(entry)
    }
    this.#records.enforce()
    return added
  }

  #restore(journal: Journal): void {
    let last = 0
    for (const { seq, signal, bytes } of journal.load()) {
      const payload = decodeRequest(signal, 'protobuf', bytes)
      last = Math.max(last, seq)
      this.#place(takeIn(payload, this.#origins, this.#texts, () => seq).entries)
    }
    this.#seq = last
    this.#records.flushTo(journal)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
