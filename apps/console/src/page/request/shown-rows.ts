import type { ViewRow } from '../../shared/api.js'
import { isProblem } from './row-facts.js'

/** Which log lines a timeline shows. */
export type Lines = 'all' | 'info' | 'none'

export const LINES_NAMES: Readonly<Record<Lines, string>> = {
  all: 'all',
  info: 'info and above',
  none: 'none',
}
const NEXT: Readonly<Record<Lines, Lines>> = { all: 'info', info: 'none', none: 'all' }

export function nextLines(lines: Lines): Lines {
  return NEXT[lines]
}

/** Indexes of the rows to show. */
export function shownRows(rows: readonly ViewRow[], lines: Lines): number[] {
  const shown: number[] = []
  rows.forEach((row, index) => {
    if (row.type !== 'line' || lines === 'all') shown.push(index)
    else if (lines === 'info' && row.level !== 'debug' && row.level !== 'trace') shown.push(index)
  })
  return shown
}

/** The next one after `from` that fits, around the end; undefined where none does. */
export function nextFitting(
  shown: readonly number[],
  from: number,
  fits: (index: number) => boolean,
  step: 1 | -1 = 1,
) {
  const start = shown.indexOf(from)
  for (let moved = 1; moved <= shown.length; moved++) {
    const index = shown[(start + step * moved + 2 * shown.length) % shown.length]
    if (index !== undefined && fits(index)) return index
  }
  return undefined
}

export function nextProblem(
  rows: readonly ViewRow[],
  shown: readonly number[],
  from: number,
): number | undefined {
  return nextFitting(shown, from, (index) => {
    const row = rows[index]
    return row !== undefined && isProblem(row)
  })
}
