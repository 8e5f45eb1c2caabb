import type { Level } from '@throughline/core'

/** The levels that a catalogue knows, from the least to the most severe. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const satisfies readonly Level[]

/** Whether a text is one of the six names. */
export function isLevel(text: unknown): text is Level {
  return LEVELS.some((level) => level === text)
}

/** Position of a level among the six; what is none of them counts as the least severe. */
export function rankOf(level: string): number {
  return LEVELS.findIndex((known) => known === level)
}
