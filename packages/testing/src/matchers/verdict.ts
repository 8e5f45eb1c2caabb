import { type Equals, mismatches } from './attribute-match.js'
import { type Asked, foundText, missingText } from './failure-text.js'
import type { Sighting, Wording } from './sighting.js'

/** What Jest and Vitest bind a matcher to, as far as it is used here. */
export interface MatcherContext {
  readonly equals: Equals
  readonly isNot?: boolean
  readonly utils: {
    matcherHint(name: string, received?: string, expected?: string, options?: { isNot?: boolean }): string
    printReceived(value: unknown): string
    printExpected(value: unknown): string
  }
}

/** A matcher's verdict. */
export interface MatcherResult {
  pass: boolean
  message(): string
}

/** How a matcher is written where it is used. */
export interface Signature {
  readonly matcher: string
  readonly args: string
  readonly wording: Wording
}

/** Whether one of them has the name and the attributes, and the text for a failure. */
export function verdict(
  { equals, utils, isNot }: MatcherContext,
  { matcher, args, wording }: Signature,
  sightings: readonly Sighting[],
  asked: Asked,
): MatcherResult {
  const { name, attrs } = asked
  const matching = sightings.filter(
    ({ isNamed, fields }) => isNamed && mismatches(fields, attrs, equals).length === 0,
  )
  return {
    pass: matching.length > 0,
    message: () => {
      const hint = utils.matcherHint(matcher, 'telemetry', args, { isNot })
      const wanted = `${utils.printExpected(name)}${Object.keys(attrs).length > 0 ? ` ${utils.printExpected(attrs)}` : ''}`
      const why =
        matching.length > 0
          ? foundText(wording, matching)
          : missingText(wording, sightings, asked, equals, utils)
      return `${hint}\n\nExpected${isNot === true ? ' not' : ''}: ${wanted}\n\n${why}`
    },
  }
}
