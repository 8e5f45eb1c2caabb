import type { CatalogueEvent } from '../catalogue.js'
import { formatKinds, type Kinds, parseKinds } from '../kinds.js'
import { compareText } from '../location.js'

/** The definition of an attribute in a registry of semantic conventions. */
export interface AttributeDefinition {
  id: string
  type: string
  stability: 'development'
  brief: string
  examples?: unknown[]
}

/** What is exported as what: numbers may have fractions, nested values are JSON in a string (R7.5). */
const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'double',
  boolean: 'boolean',
  json: 'string',
  'string[]': 'string[]',
  'number[]': 'double[]',
  'boolean[]': 'boolean[]',
}

/** Weaver asks for an example of each text; what an event holds is not in its type. */
const EXAMPLES: Readonly<Record<string, unknown[]>> = { string: ['any text'], 'string[]': [['any text']] }

/** One definition for each attribute of all events: Weaver refuses a second one of the same id. */
export function attributeDefinitions(events: readonly CatalogueEvent[]): AttributeDefinition[] {
  const names = new Map<string, string[]>()
  for (const { attributes } of events) {
    for (const [key, text] of Object.entries(attributes)) {
      names.set(key, [...(names.get(key) ?? []), ...kindsOf(text).names])
    }
  }
  return [...names].toSorted(([a], [b]) => compareText(a, b)).map(([key, kinds]) => definition(key, kinds))
}

/** The kinds of an attribute, whatever stands there. */
export function kindsOf(text: string): Kinds {
  return parseKinds(text) ?? { names: ['unknown'], optional: false }
}

function definition(id: string, names: readonly string[]): AttributeDefinition {
  const types = new Set(names.map((name) => TYPES[name] ?? 'any'))
  const type = (types.size === 1 ? [...types][0] : undefined) ?? 'any'
  const examples = EXAMPLES[type]
  return {
    id,
    type,
    stability: 'development',
    brief: formatKinds({ names, optional: false }),
    ...(examples === undefined ? {} : { examples }),
  }
}
