import { type Equals, mismatches } from './attribute-match.js'
import type { Sighting } from './sighting.js'

/** What is most like what was asked for, the likest first: same name, then shared words and attributes. */
export function nearest(
  sightings: readonly Sighting[],
  name: string,
  attrs: object,
  equals: Equals,
  most: number,
): Sighting[] {
  const asked = Object.keys(attrs).length
  const score = (sighting: Sighting): number => {
    const matching = asked - mismatches(sighting.fields, attrs, equals).length
    const likeness = sighting.isNamed ? 1 : sharedWords(sighting.name, name) / 2
    return likeness + (asked === 0 ? 0 : matching / asked / 4)
  }
  return sightings
    .map((sighting) => ({ sighting, score: score(sighting) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ sighting }) => sighting)
}

/** The share of words that two names have in common, 0 to 1. */
function sharedWords(a: string, b: string): number {
  const [left, right] = [words(a), words(b)]
  const shared = [...left].filter((word) => right.has(word)).length
  return shared / Math.max(left.size, right.size, 1)
}

function words(name: string): Set<string> {
  return new Set(
    String(name)
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  )
}
