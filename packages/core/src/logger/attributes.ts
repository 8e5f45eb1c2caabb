import { keysOf } from '../context/fields.js'
import type { AttributeKeys } from './attribute-keys.js'
import { plainValue, threw } from './attribute-value.js'
import { isError } from './error.js'
import { exceptionAttributes } from './exception.js'
import { REDACTED } from './redaction.js'

/** One call's attributes beyond this many are left out. */
export const MOST_ATTRIBUTES = 128

/**
 * Adds attributes under their written names: reserved ones left out, secrets redacted, an Error under `error` or
 * `err` as `exception.*`, a name already there kept (R7.4 to R7.6, R7.9, R7.11).
 */
export function addAttributes(fields: Record<string, unknown>, attrs: object, keys: AttributeKeys): void {
  const source = attrs as Record<string, unknown>
  let left = MOST_ATTRIBUTES
  const names = keysOf(attrs)
  for (const key of names) {
    if (left-- === 0) {
      fields['attributes.dropped'] = names.length - MOST_ATTRIBUTES
      return
    }
    const { name, reserved, redacted } = keys.of(key)
    // An explicit dotted key wins over its `__` spelling.
    if (reserved || name in fields || (name !== key && names.includes(name))) continue
    let value: unknown
    try {
      value = source[key]
    } catch (error) {
      value = threw(error)
    }
    if ((key === 'error' || key === 'err') && isError(value)) {
      addException(fields, value, keys)
    } else if (value !== undefined) {
      const plain = redacted ? REDACTED : plainValue(value, name, keys)
      if (plain !== undefined) fields[name] = plain
    }
  }
}

/** Adds the `exception.*` attributes of whatever was thrown. */
export function addException(fields: Record<string, unknown>, thrown: unknown, keys: AttributeKeys): void {
  const attributes = exceptionAttributes(thrown, keys)
  for (const name in attributes) {
    if (!(name in fields)) fields[name] = keys.of(name).redacted ? REDACTED : attributes[name]
  }
}
