import type { EventRow, Level } from '../../shared/api.js'

const ORDER: readonly Level[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace']

/** Those whose name, level or service holds the text; the worst first, then the most frequent. */
export function filterEvents(rows: readonly EventRow[], text: string, onlyUnknown: boolean): EventRow[] {
  const wanted = text.trim().toLowerCase()
  return rows
    .filter(({ listed }) => !onlyUnknown || listed === false)
    .filter((row) =>
      [row.event, row.level, ...row.services].some((part) => part.toLowerCase().includes(wanted)),
    )
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || b.count - a.count || (a.event < b.event ? -1 : 1),
    )
}
