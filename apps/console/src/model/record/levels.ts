import { type Level } from '../../shared/api.js'

export const levels: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

export const ERROR = levels.indexOf('error')
export const FATAL = levels.indexOf('fatal')
const INFO = levels.indexOf('info')

/** The index of a level; by its number (1 to 24, four to a level), else by its name, else info. */
export function levelOf(severityNumber: number, severityText: string): number {
  if (severityNumber >= 1 && severityNumber <= 24) return Math.floor((severityNumber - 1) / 4)
  const name = severityText.toLowerCase()
  const found = levels.findIndex((level) => name.startsWith(level))
  return found === -1 ? INFO : found
}

export function levelName(level: number): Level {
  return levels[level] ?? 'info'
}
