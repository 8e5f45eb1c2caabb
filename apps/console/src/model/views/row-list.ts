import { type RequestList, type RequestRow, type StateFilter } from '../../shared/api.js'
import { digestOf } from '../filter/digest.js'
import { emptyBecause, matches, parseFilter } from '../filter/filter.js'
import { type Candidate, hasState } from '../filter/terms.js'
import { type Group } from '../join/group.js'
import { type Records } from '../join/records.js'
import { compare } from '../record/entry.js'
import { rowOf } from './row.js'

export interface ListQuery {
  readonly q?: string
  readonly state?: StateFilter
  readonly before?: string
  readonly limit?: number
}

/** More rows than this wait to be made, and the next list would take its time. */
const MAX_DIRTY = 1000
const PAGE = 100
const MAX_PAGE = 1000

/** The rows of all requests, made when they are asked for and kept until their request changes. */
export class RowList {
  #order: Candidate[] = []
  #version = -1

  constructor(
    private readonly records: Records,
    private readonly slowMs: number,
  ) {}

  rowOf(group: Group): RequestRow {
    this.records.dirty.delete(group)
    group.digest ??= digestOf(group.entries)
    return (group.row ??= rowOf(group))
  }

  /** Makes rows ahead of time, some after each arrival. */
  settle(): void {
    for (const group of this.records.dirty) {
      if (this.records.dirty.size <= MAX_DIRTY) return
      this.rowOf(group)
    }
  }

  list({ q = '', state, before, limit = PAGE }: ListQuery): RequestList {
    const all = this.#candidates()
    const filter = parseFilter(q, this.slowMs)
    const found = filter.terms.length === 0 ? all : all.filter((candidate) => matches(filter, candidate))
    const because = found.length === 0 ? emptyBecause(filter, all) : undefined
    const wanted = state === undefined ? found : found.filter(({ row }) => hasState(row, state, this.slowMs))
    const from = before === undefined ? 0 : wanted.findIndex(({ row }) => isAfter(row, before))
    const size = Math.min(MAX_PAGE, Math.max(1, Math.floor(limit) || PAGE))
    const page = from === -1 ? [] : wanted.slice(from, from + size).map(({ row }) => row)
    const last = page.at(-1)
    const count = (name: StateFilter) => found.filter(({ row }) => hasState(row, name, this.slowMs)).length
    return {
      rows: page,
      ...(last !== undefined && from + size < wanted.length ? { next: cursorOf(last) } : {}),
      counts: { all: found.length, failed: count('failed'), retried: count('retried'), slow: count('slow') },
      slowMs: this.slowMs,
      ...(because === undefined ? {} : { emptyBecause: because }),
      problems: filter.problems,
    }
  }

  /** Newest first. */
  #candidates(): readonly Candidate[] {
    const { groups } = this.records
    if (groups.version === this.#version) return this.#order
    this.#version = groups.version
    const known = new Set(this.#order.map(({ group }) => group))
    const kept = this.#order.filter(({ group }) => groups.get(group.key) === group).map(({ group }) => group)
    const added = [...groups.values()].filter((group) => !known.has(group))
    // The former order is nearly right, and sorting what is nearly sorted takes little.
    const candidates = [...added.toReversed(), ...kept].map((group) => {
      const row = this.rowOf(group)
      return { group, row, digest: group.digest ?? digestOf(group.entries) }
    })
    this.#order = candidates.toSorted(
      (a, b) => b.row.started - a.row.started || compare(a.row.key, b.row.key),
    )
    return this.#order
  }
}

function cursorOf({ started, key }: RequestRow): string {
  return `${started}:${key}`
}

/** Whether a row comes after a cursor, newest first. */
function isAfter(row: RequestRow, cursor: string): boolean {
  const colon = cursor.indexOf(':')
  const started = Number(cursor.slice(0, colon))
  return row.started < started || (row.started === started && row.key > cursor.slice(colon + 1))
}
