import type { Catalogue } from '../catalogue.js'
import { compareText } from '../location.js'

const COMMENT =
  '# Every event that this code emits, made by `throughline events --allow-list`: for LOG_EXPORT_EVENTS=./<this file>.'

/**
 * The full names of all events, one a line, sorted, as `LOG_EXPORT_EVENTS` reads them from a file (R7.13).
 *
 * Names are globs there: what means something in a glob is escaped, and what a line cannot hold is `?`.
 */
export function renderAllowList({ events }: Catalogue): string {
  const names = [...new Set(events.map(({ name }) => globOf(name)))].toSorted(compareText)
  return `${[COMMENT, ...names].join('\n')}\n`
}

function globOf(name: string): string {
  return name.replace(/^\s|\s$|^\.(?=\/)|[#\r\n\\"'`\p{Cs}]/gu, '?').replace(/[*[\](){}!+@|$^]/g, '\\$&')
}
