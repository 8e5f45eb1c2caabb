import type { LogRecord } from '@throughline/core'
import { type Equals, mismatches } from './attribute-match.js'
import { isEvent, lineOf } from './line.js'
import { nearestRecords } from './nearest.js'

/** Records shown in a failure. */
const MOST_SHOWN = 3
const LONGEST_VALUE = 120

/** What a matcher was asked for. */
export interface Asked {
  readonly event: string
  readonly attrs: object
}

/** Prints a value as the test runner does, with its colours. */
export interface Printer {
  printReceived(value: unknown): string
  printExpected(value: unknown): string
}

/** Why nothing matched: the nearest records and where each of them differs. */
export function missingText(
  records: readonly LogRecord[],
  { event, attrs }: Asked,
  equals: Equals,
  print: Printer,
): string {
  if (records.length === 0) return 'Nothing was logged.'
  const sameEvent = records.filter((record) => isEvent(record, event)).length
  const reason =
    sameEvent === 0
      ? `No record of that event among ${count(records.length)}.`
      : `${count(sameEvent)} of that event, none with these attributes.`
  const shown = nearestRecords(records, event, attrs, equals, MOST_SHOWN).map((record) => {
    const differences = isEvent(record, event)
      ? mismatches(lineOf(record), attrs, equals).map(
          ({ key, expected, actual }) =>
            `    ${key}: expected ${print.printExpected(expected)}, got ${actual === undefined ? 'nothing' : print.printReceived(actual)}`,
        )
      : []
    return [`  ${recordText(record)}`, ...differences].join('\n')
  })
  return `${reason} Nearest:\n\n${shown.join('\n')}`
}

/** Which records matched although none should have. */
export function foundText(matching: readonly LogRecord[]): string {
  const shown = matching.slice(0, MOST_SHOWN).map((record) => `  ${recordText(record)}`)
  return `${count(matching.length)} matched:\n\n${shown.join('\n')}`
}

function recordText(record: LogRecord): string {
  const fields = Object.entries({ ...record.context, ...record.attributes })
  return [record.level, record.eventName, ...fields.map(([key, value]) => `${key}=${valueText(value)}`)].join(
    ' ',
  )
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

function count(records: number): string {
  return records === 1 ? '1 record' : `${records} records`
}
