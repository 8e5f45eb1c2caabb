import type { Attributes, ViewRow } from '../../shared/api.js'
import { duration } from '../text/format.js'
import { oneLine } from '../text/visible.js'
import { valueText } from '../text/value.js'

/** Names a row in the address: the same row after the request has grown. */
export function rowId(row: ViewRow, index: number): string {
  if (row.seq !== undefined) return String(row.seq)
  return row.spanId === undefined ? `at-${index}` : `${row.type}-${row.spanId}`
}

export function indexOfRow(rows: readonly ViewRow[], id: string): number {
  return rows.findIndex((row, index) => rowId(row, index) === id)
}

export function isProblem(row: ViewRow): boolean {
  if (row.type === 'line') return row.level === 'error' || row.level === 'fatal'
  return row.failed || row.error !== undefined
}

/** What a row is called in its own line and at the head of its details. */
export function titleOf(row: ViewRow): string {
  return oneLine(row.type === 'line' ? row.event : row.name)
}

/** What follows the title in small: a job's queue, a line's text, its first attributes. */
export function hintOf(row: ViewRow): string {
  if (row.type === 'unit') return oneLine(row.hint ?? '')
  if (row.type === 'span') return ''
  return row.message === undefined ? firstAttributes(row.attributes) : oneLine(row.message, 160)
}

/** Where a row's work ends as far as is known: that of an open unit is its last record. */
export function endsOf(rows: readonly ViewRow[]): number[] {
  const ends = rows.map((row) => (row.type === 'line' ? row.at : (row.end ?? row.at)))
  let unit = -1
  rows.forEach((row, index) => {
    if (row.type === 'unit') unit = index
    const open = rows[unit]
    if (open?.type === 'unit' && open.end === undefined) {
      ends[unit] = Math.max(ends[unit] ?? 0, ends[index] ?? 0)
    }
  })
  return ends
}

/** "from +12.6 ms, 13.7 ms, failed": what the bar or the mark of a row says, in words. */
export function timeInWords(row: ViewRow): string {
  if (row.type === 'line') return `at +${duration(row.at)}${row.replayed ? ', replayed' : ''}`
  const end = row.end === undefined ? 'not ended' : duration(row.end - row.at)
  const waited =
    row.type === 'unit' && row.waited !== undefined ? `, after ${waitInWords(row.at, row.waited)}` : ''
  return `from +${duration(row.at)}, ${end}${row.failed ? ', failed' : ''}${waited}`
}

/** "40.2 ms of queue" */
export function waitInWords(at: number, waited: { readonly from: number; readonly reason: string }): string {
  return `${duration(at - waited.from)} of ${waited.reason}`
}

/** All that a search in the request looks at, in lower case. */
export function searchText(row: ViewRow): string {
  const parts = [titleOf(row), hintOf(row), row.service, row.error?.message ?? '']
  if (row.type === 'span') parts.push(row.sql?.text ?? '')
  for (const [key, value] of Object.entries(row.attributes)) parts.push(`${key}=${valueText(value)}`)
  return parts.join('\n').toLowerCase()
}

const FIRST = 2

function firstAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .slice(0, FIRST)
    .map(([key, value]) => `${key.slice(key.lastIndexOf('.') + 1)}=${oneLine(valueText(value), 60)}`)
    .join(' ')
}
