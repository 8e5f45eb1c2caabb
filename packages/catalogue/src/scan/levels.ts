import type { Level } from '@throughline/core'
import type { Argument } from './call-arguments.js'
import type { ValueReader } from './values.js'

/** The methods that write a line at a level of their own. */
const LEVEL_OF_METHOD: ReadonlyMap<string, Level> = new Map([
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
  ['fatal', 'fatal'],
  ['exception', 'error'],
])

/** What `log()` takes besides, and the level that reaches OpenTelemetry then (R7.3). */
const ALIASES: ReadonlyMap<string, Level> = new Map([
  ['warning', 'warn'],
  ['critical', 'fatal'],
  ['exception', 'error'],
])

/** As many levels as there are say nothing: any of them may be meant. */
const ALL_LEVELS = 6

/** Whether a method of a logger writes a line. */
export function isEmitMethod(name: string): boolean {
  return name === 'log' || LEVEL_OF_METHOD.has(name)
}

/** The level by which a name or alias is exported; undefined for anything else. */
export function canonicalLevel(name: string): Level | undefined {
  const known = name.trim().toLowerCase()
  return ALIASES.get(known) ?? (known === 'exception' ? undefined : LEVEL_OF_METHOD.get(known))
}

/** The levels that a call may write at; undefined where they cannot be told (C13). */
export function levelsOf(
  method: string,
  level: Argument | undefined,
  values: ValueReader,
): readonly Level[] | undefined {
  if (method !== 'log') {
    const own = LEVEL_OF_METHOD.get(method)
    return own === undefined ? undefined : [own]
  }
  const names = level && values.stringsOf(level)
  if (names === undefined || names.length === 0) return undefined
  // A name that is no level counts as info at run time.
  const levels = new Set(names.map((name) => canonicalLevel(name) ?? 'info'))
  return levels.size === ALL_LEVELS ? undefined : [...levels].toSorted()
}
