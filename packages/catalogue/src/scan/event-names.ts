import type { WarningCode } from '../catalogue.js'
import type { Argument } from './call-arguments.js'
import { type Finding, findings } from './warnings.js'
import type { ValueReader } from './values.js'

/** So many names of one place are listed (C4). */
export const MOST_NAMES = 50

/** The events of a call as they are written, or why they are not known. */
export type EventNames = readonly string[] | Finding

/** The codes that a docgen comment answers. */
export const ANSWERED: readonly WarningCode[] = ['W002', 'W011']

/** Finds the events that a call may write. */
export function eventsOf(node: Argument, call: string, values: ValueReader): EventNames {
  const names = values.stringsOf(node)
  if (names === undefined) return findings.unknownName(call)
  return names.length > MOST_NAMES ? findings.tooManyNames(call, names.length, MOST_NAMES) : names
}

/** Whether events were found. */
export function areKnown(names: EventNames): names is readonly string[] {
  return Array.isArray(names)
}
