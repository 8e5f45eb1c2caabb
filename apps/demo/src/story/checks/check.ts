import { isDeepStrictEqual } from 'node:util'

/** Something that must be so; passed without problems. */
export interface Check {
  readonly title: string
  /** What was seen, in a few words. */
  readonly seen: string
  readonly problems: readonly string[]
}

/** Nothing, or what is different. */
export function expectSame(what: string, actual: unknown, expected: unknown): string[] {
  if (isDeepStrictEqual(actual, expected)) return []
  return [`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`]
}
