import { json } from '../logger/json.js'

const BARE = /^[^\s"'=\\\p{C}]+$/u

/** A value as `key=value` text: bare where that is unambiguous, else as JSON, no control character either way. */
export function textValue(value: unknown): string {
  return typeof value === 'string' && BARE.test(value) ? value : json(value)
}

/** An event, key or name as text: a control character or line break in it is escaped. */
export function textName(name: string): string {
  return /\p{C}/u.test(name) ? json(name) : name
}
