import fc from 'fast-check'
import type { CatalogueEvent } from '../src/catalogue.js'
import { formatKinds } from '../src/kinds.js'
import { LEVELS } from '../src/levels.js'

const KINDS = ['string', 'number', 'boolean', 'json', 'unknown', 'string[]', 'number[]'] as const

/** Texts of every sort: what markdown, YAML and globs take for something of their own among them. */
export const hostileText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('`', '|', '\n', '\r', '"', '\\', '#', '*', '-', ':', ' ', '[', '<', '…'),
  }),
  fc.constantFrom('__proto__', 'constructor', '12', 'null', 'true', '\ud800', '\u2028', '### `x`', '- a'),
)

/** Few names, keys and places, so that events meet. */
export const meetingEvent: fc.Arbitrary<CatalogueEvent> = fc.record({
  name: fc.constantFrom('draft.read', 'draft.pick_made', 'zulu'),
  level: fc.constantFrom(...LEVELS),
  attributes: attributesWith(fc.constantFrom('hero.id', 'user.id', '__proto__')),
  locations: fc
    .tuple(fc.constantFrom('src/a.ts', 'src/b.ts'), fc.integer({ min: 1, max: 12 }))
    .map(([path, line]) => [`${path}:${line}`]),
})

/** Events as a merge gives them, with any text in names, keys and paths. */
export const hostileEvents: fc.Arbitrary<CatalogueEvent[]> = fc.uniqueArray(
  fc.record({
    name: hostileText,
    level: fc.constantFrom(...LEVELS),
    attributes: attributesWith(hostileText),
    locations: fc
      .array(fc.tuple(hostileText, fc.nat()), { minLength: 1, maxLength: 3 })
      .map((places) => places.map(([path, line]) => `${path}:${line}`)),
  }),
  { selector: ({ name }) => name, maxLength: 5 },
)

function attributesWith(key: fc.Arbitrary<string>): fc.Arbitrary<Record<string, string>> {
  const kinds = fc
    .tuple(fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([names, optional]) => formatKinds({ names, optional }))
  return fc.array(fc.tuple(key, kinds), { maxLength: 4 }).map((entries) => Object.fromEntries(entries))
}
