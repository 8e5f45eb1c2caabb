import { compareText } from './location.js'

/** What is known of an attribute's values, as the catalogue writes it: `number | string?`. */
export interface Kinds {
  /** `string`, `number`, `boolean`, `json`, `unknown`, or one of them with `[]`; each once, sorted. */
  readonly names: readonly string[]
  /** Not every place that logs the event has the attribute. */
  readonly optional: boolean
}

const NAME = '(?:string|number|boolean|json|unknown)(?:\\[\\])*'
const WRITTEN = new RegExp(`^${NAME}(?: \\| ${NAME})*\\??$`)

/**
 * Reads the kinds of an attribute; undefined for a text that is none.
 *
 * @example
 * parseKinds('number | string?') // { names: ['number', 'string'], optional: true }
 */
export function parseKinds(text: string): Kinds | undefined {
  if (!WRITTEN.test(text)) return undefined
  const optional = text.endsWith('?')
  const names = (optional ? text.slice(0, -1) : text).split(' | ')
  return { names: sorted(names), optional }
}

/** Writes kinds as `parseKinds` reads them. */
export function formatKinds({ names, optional }: Kinds): string {
  return `${sorted(names).join(' | ')}${optional ? '?' : ''}`
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted(compareText)
}
