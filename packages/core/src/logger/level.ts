/** The six levels, from the least to the most severe. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** A level's canonical name. */
export type Level = (typeof LEVELS)[number]

/** What `log()` and `LOG_LEVEL` take: the six names and the aliases people bring along (R7.1, R7.3). */
export type LevelName = Level | 'warning' | 'critical' | 'exception'

/** OpenTelemetry severity numbers. */
export const SEVERITY = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 } as const

const ALIASES: Readonly<Record<string, Level>> = { warning: 'warn', critical: 'fatal', exception: 'error' }

/** The canonical level of a name or alias, without case; undefined for anything else. */
export function parseLevel(raw: unknown): Level | undefined {
  if (typeof raw !== 'string') return undefined
  const name = raw.trim().toLowerCase()
  return LEVELS.find((level) => level === name) ?? (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined)
}

/** The level of a severity number of `SEVERITY`. */
export function levelOf(severity: number): Level {
  return LEVELS[(severity - 1) >> 2] ?? 'info'
}
