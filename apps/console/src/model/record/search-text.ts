import { type Value } from '../../shared/api.js'

/** What is longer is found by its beginning alone. */
const MAX_TEXT = 8000

/**
 * What a search looks into: lower-cased, `key=value` for each attribute, each between line breaks; an array is one for
 * each of its items.
 */
export function searchText(attributes: ReadonlyMap<string, Value>, ...texts: readonly string[]): string {
  const parts: string[] = ['']
  for (const text of texts) if (text !== '') parts.push(text)
  for (const [key, value] of attributes) write(parts, key, value)
  parts.push('')
  // Joined in one go: a string that is put together of two is copied when it is searched first.
  const whole = parts.join('\n')
  return (whole.length > MAX_TEXT ? `${whole.slice(0, MAX_TEXT)}\n` : whole).toLowerCase()
}

function write(parts: string[], key: string, value: Value): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) write(parts, key, item)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) write(parts, `${key}.${name}`, item)
  } else {
    parts.push(`${key}=${value === null ? '' : value}`)
  }
}
