import type { Line } from './line.js'

/** Jest's and Vitest's deep equality, asymmetric matchers included. */
export type Equals = (a: unknown, b: unknown) => boolean

/** A key whose value is not the expected one. */
export interface Mismatch {
  readonly key: string
  readonly expected: unknown
  readonly actual: unknown
}

/** Where a line differs from the attributes asked for; other attributes of the line do not count. */
export function mismatches(line: Line, attrs: object, equals: Equals): Mismatch[] {
  return Object.entries(attrs)
    .filter(([key, expected]) => !valueMatches(line[key], expected, equals))
    .map(([key, expected]) => ({ key, expected, actual: line[key] }))
}

/** A nested value stands in a record as its JSON, so it may be asked for as an object too. */
function valueMatches(actual: unknown, expected: unknown, equals: Equals): boolean {
  if (equals(actual, expected)) return true
  if (typeof actual !== 'string' || typeof expected !== 'object' || expected === null) return false
  try {
    return equals(JSON.parse(actual), expected)
  } catch {
    return false
  }
}
