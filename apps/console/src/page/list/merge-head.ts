import type { RequestRow } from '../../shared/api.js'

/** The rows that a page of the list holds, newest first. */
export interface Rows {
  readonly rows: readonly RequestRow[]
  readonly next?: string
}

/** More than this and the oldest are let go: a list that is open for days stays small. */
const MOST = 5000

/** Puts what is newest now over what is known; where the two do not touch, what is known is out of reach and goes. */
export function mergeHead(known: Rows, head: Rows): Rows {
  const last = head.rows.at(-1)
  if (last === undefined || head.next === undefined) return head
  const fresh = new Set(head.rows.map(({ key }) => key))
  if (!known.rows.some(({ key }) => fresh.has(key))) return head
  const older = known.rows.filter(({ key, started }) => !fresh.has(key) && started <= last.started)
  if (head.rows.length + older.length > MOST) return head
  return older.length === 0 ? head : { rows: [...head.rows, ...older], next: known.next }
}

/** How many of the newest are not known yet; `more` when even the last of them is new. */
export function countNew(known: Rows, head: Rows): { readonly count: number; readonly more: boolean } {
  const keys = new Set(known.rows.map(({ key }) => key))
  const count = head.rows.filter(({ key }) => !keys.has(key)).length
  return { count, more: count === head.rows.length && head.next !== undefined && count > 0 }
}

/** Puts changed rows in their places; a row that is not there stays away. */
export function replaceRows(known: Rows, changed: readonly RequestRow[]): Rows {
  const byKey = new Map(changed.map((row) => [row.key, row]))
  if (!known.rows.some(({ key }) => byKey.has(key))) return known
  return { ...known, rows: known.rows.map((row) => byKey.get(row.key) ?? row) }
}

export function withoutKeys(known: Rows, gone: readonly string[]): Rows {
  const keys = new Set(gone)
  if (!known.rows.some(({ key }) => keys.has(key))) return known
  return { ...known, rows: known.rows.filter(({ key }) => !keys.has(key)) }
}
