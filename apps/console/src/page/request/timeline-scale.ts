import type { ViewRow } from '../../shared/api.js'
import { makeScale, type Interval, type Scale } from '../../shared/scale.js'

/** The axis of a request: every span is busy time; lines only stretch it where they lie outside of all spans. */
export function timelineScale(rows: readonly ViewRow[], ends: readonly number[], squeeze: boolean): Scale {
  const busy: Interval[] = []
  let first = 0
  let last = 0
  rows.forEach((row, index) => {
    const to = ends[index] ?? row.at
    first = Math.min(first, row.at)
    last = Math.max(last, to)
    if (row.type !== 'line') busy.push({ from: row.at, to })
  })
  busy.push({ from: first, to: first }, { from: last, to: last })
  return makeScale(busy, { squeeze })
}
