import type { LogRecord } from '@throughline/core'
import { type Equals, mismatches } from './attribute-match.js'
import { isEvent, lineOf } from './line.js'

/** The records most like what was asked for, the likest first: same event, then shared words and attributes. */
export function nearestRecords(
  records: readonly LogRecord[],
  event: string,
  attrs: object,
  equals: Equals,
  most: number,
): LogRecord[] {
  const asked = Object.keys(attrs).length
  const score = (record: LogRecord): number => {
    const matching = asked - mismatches(lineOf(record), attrs, equals).length
    const likeness = isEvent(record, event) ? 1 : sharedWords(record.eventName, event) / 2
    return likeness + (asked === 0 ? 0 : matching / asked / 4)
  }
  return records
    .map((record) => ({ record, score: score(record) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ record }) => record)
}

/** The share of words that two event names have in common, 0 to 1. */
function sharedWords(a: string, b: string): number {
  const [left, right] = [words(a), words(b)]
  const shared = [...left].filter((word) => right.has(word)).length
  return shared / Math.max(left.size, right.size, 1)
}

function words(name: string): Set<string> {
  return new Set(
    String(name)
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  )
}
