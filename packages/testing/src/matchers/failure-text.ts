import { type Equals, mismatches } from './attribute-match.js'
import { nearest } from './nearest.js'
import type { Sighting, Wording } from './sighting.js'

/** Records or spans shown in a failure. */
const MOST_SHOWN = 3

/** What a matcher was asked for. */
export interface Asked {
  readonly name: string
  readonly attrs: object
}

/** Prints a value as the test runner does, with its colours. */
export interface Printer {
  printReceived(value: unknown): string
  printExpected(value: unknown): string
}

/** Why nothing matched: what was nearest, and where each of it differs. */
export function missingText(
  wording: Wording,
  sightings: readonly Sighting[],
  { name, attrs }: Asked,
  equals: Equals,
  print: Printer,
): string {
  if (sightings.length === 0) return wording.nothing
  const named = sightings.filter(({ isNamed }) => isNamed).length
  const reason =
    named === 0
      ? `No ${wording.one} ${wording.named} among ${count(wording, sightings.length)}.`
      : `${count(wording, named)} ${wording.named}, none with these attributes.`
  const shown = nearest(sightings, name, attrs, equals, MOST_SHOWN).map((sighting) => {
    const differences = sighting.isNamed
      ? mismatches(sighting.fields, attrs, equals).map(
          ({ key, expected, actual }) =>
            `    ${key}: expected ${print.printExpected(expected)}, got ${actual === undefined ? 'nothing' : print.printReceived(actual)}`,
        )
      : []
    return [`  ${sighting.text()}`, ...differences].join('\n')
  })
  return `${reason} Nearest:\n\n${shown.join('\n')}`
}

/** What matched although it should not have. */
export function foundText(wording: Wording, matching: readonly Sighting[]): string {
  const shown = matching.slice(0, MOST_SHOWN).map((sighting) => `  ${sighting.text()}`)
  return `${count(wording, matching.length)} matched:\n\n${shown.join('\n')}`
}

function count({ one, many }: Wording, found: number): string {
  return found === 1 ? `1 ${one}` : `${found} ${many}`
}
