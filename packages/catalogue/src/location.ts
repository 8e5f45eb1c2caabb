/** A place in the code. */
export interface Location {
  /** With slashes. */
  readonly path: string
  /** From 1; 0 where the line was left out. */
  readonly line: number
}

/** Reads `path:line`; what has no line number is a path alone. */
export function parseLocation(text: string): Location {
  const [, path, line] = /^(.*):(\d+)$/s.exec(text) ?? []
  return path === undefined ? { path: text, line: 0 } : { path, line: Number(line) }
}

/** Order of locations written as `path:line`: by path in code units, then by the line as a number. */
export function compareLocations(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [parseLocation(a), parseLocation(b)]
  return compareText(left.path, right.path) || left.line - right.line || compareText(a, b)
}

/** Order by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
