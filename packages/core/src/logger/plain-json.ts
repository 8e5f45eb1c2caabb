import type { AttributeKeys } from './attribute-keys.js'
import { inOnePiece, json } from './json.js'

/** Deeper values, longer ones, and ones of more members are left to the path that counts everything. */
const DEEPEST = 2
const MOST_MEMBERS = 30
const LONGEST_STRING = 1_024
const LONGEST = 16_384

/** What a string holds that does not stand for itself in JSON or on a terminal. */
const NOT_ITSELF = /["\\\u0000-\u001f\u007f-\u009f\ud800-\udfff]/

/** JSON of a scalar; undefined for what is none, and for a number that JSON lacks. */
export function scalarJson(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return NOT_ITSELF.test(value) ? json(value) : `"${value}"`
    case 'number':
      return Number.isFinite(value) ? `${value}` : undefined
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return value === null ? 'null' : undefined
  }
}

/** The members of a record of fields as they stand in a JSON line, each behind a comma. */
export function fieldMembers(fields: Readonly<Record<string, unknown>>, keys: AttributeKeys): string {
  let members = ''
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined) members += `,${keys.of(name).json}${scalarJson(value) ?? json(value)}`
  }
  return inOnePiece(members)
}

/**
 * JSON of an object or a list as `plainValue` would leave it, in one pass; undefined where `plainValue` has to look at it: secrets,
 * instances of classes, what JSON lacks, large and deep ones. May throw where a getter or a proxy does.
 */
export function plainJson(value: object, keys: AttributeKeys): string | undefined {
  const text = valueJson(value, keys, 0)
  return text === undefined || text.length > LONGEST ? undefined : text
}

function valueJson(value: unknown, keys: AttributeKeys, depth: number): string | undefined {
  if (typeof value === 'string' && value.length > LONGEST_STRING) return undefined
  if (typeof value !== 'object' || value === null) return scalarJson(value)
  if (depth === DEEPEST || 'toJSON' in value) return undefined
  if (Array.isArray(value)) return itemsJson(value, keys, depth)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return undefined
  return membersJson(value as Record<string, unknown>, keys, depth)
}

function itemsJson(items: readonly unknown[], keys: AttributeKeys, depth: number): string | undefined {
  if (items.length > MOST_MEMBERS) return undefined
  let text = '['
  for (let at = 0; at < items.length; at++) {
    const item = valueJson(items[at], keys, depth + 1)
    if (item === undefined) return undefined
    text += at === 0 ? item : `,${item}`
  }
  return `${text}]`
}

function membersJson(
  source: Record<string, unknown>,
  keys: AttributeKeys,
  depth: number,
): string | undefined {
  // A path may name a member that its key alone does not.
  if (keys.needsPaths) return undefined
  const names = Object.keys(source)
  if (names.length > MOST_MEMBERS) return undefined
  let text = ''
  for (const name of names) {
    const key = keys.of(name)
    if (key.redacted || key.name !== name) return undefined
    const value = source[name]
    if (value === undefined) continue
    const member = valueJson(value, keys, depth + 1)
    if (member === undefined) return undefined
    text += text === '' ? key.json + member : `,${key.json}${member}`
  }
  return `{${text}}`
}
