import type { Fields } from './sighting.js'

/** Jest's and Vitest's deep equality, asymmetric matchers included. */
export type Equals = (a: unknown, b: unknown) => boolean

/** A key whose value is not the expected one. */
export interface Mismatch {
  readonly key: string
  readonly expected: unknown
  readonly actual: unknown
}

/** Where fields differ from the attributes asked for; other fields do not count. */
export function mismatches(fields: Fields, attrs: object, equals: Equals): Mismatch[] {
  return Object.entries(attrs)
    .filter(([key, expected]) => !valueMatches(fields[key], expected, equals))
    .map(([key, expected]) => ({ key, expected, actual: fields[key] }))
}

/** A nested value stands in a record or a span as its JSON, so it may be asked for as an object too. */
function valueMatches(actual: unknown, expected: unknown, equals: Equals): boolean {
  if (equals(actual, expected)) return true
  if (typeof actual !== 'string' || typeof expected !== 'object' || expected === null) return false
  try {
    return equals(JSON.parse(actual), expected)
  } catch {
    return false
  }
}
