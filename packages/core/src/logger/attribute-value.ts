import { util } from '../builtins.js'
import { Fields } from '../context/fields.js'
import type { AttributeKeys } from './attribute-keys.js'
import { errorType, isError } from './error.js'
import { REDACTED } from './redaction.js'

/** Longest string that a record carries; the rest is cut and counted in its place. */
export const LONGEST_STRING = 16_384
/** Characters of all strings in one attribute's value. */
const MOST_CHARACTERS = 65_536
const LONGEST_KEY = 256
const DEEPEST = 8
const MOST_ITEMS = 100
const MOST_NODES = 1_000

/** Where a value stands while it is walked: enough to see a circle and to stop in time. */
interface Walk {
  readonly keys: AttributeKeys
  readonly above: unknown[]
  nodes: number
  characters: number
}

/**
 * Turns any value into plain data that `JSON.stringify` takes without a throw: what JSON lacks becomes a
 * string, circles and throwing getters are named, depth and size are bounded, secrets are redacted (R7.5, R7.11).
 *
 * Undefined means that the value is to be left out.
 */
export function plainValue(value: unknown, path: string, keys: AttributeKeys): unknown {
  if (typeof value !== 'object' || value === null) return plainScalar(value)
  return plainObject(value, path, { keys, above: [], nodes: 0, characters: 0 })
}

function plainScalar(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return cutString(value)
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return cutString(value.toString())
    case 'function':
    case 'symbol':
      return undefined
    default:
      return value
  }
}

function plain(value: unknown, path: string, walk: Walk): unknown {
  if (typeof value === 'object' && value !== null) return plainObject(value, path, walk)
  const scalar = plainScalar(value)
  if (typeof scalar !== 'string') return scalar
  walk.characters += scalar.length
  return walk.characters > MOST_CHARACTERS ? '[Truncated]' : scalar
}

function plainObject(value: object, path: string, walk: Walk): unknown {
  if (walk.above.includes(value)) return '[Circular]'
  if (walk.above.length >= DEEPEST || ++walk.nodes > MOST_NODES)
    return Array.isArray(value) ? '[Array]' : '[Object]'
  walk.above.push(value)
  try {
    return members(value, path, walk)
  } catch (error) {
    return threw(error)
  } finally {
    walk.above.pop()
  }
}

function members(value: object, path: string, walk: Walk): unknown {
  if (Array.isArray(value)) return items(value, value.length, path, walk)
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
    ? ownMembers(value, path, walk)
    : special(value, path, walk)
}

/** Instances of classes: those that everybody knows, those that know their own JSON, and others by their members. */
function special(value: object, path: string, walk: Walk): unknown {
  if (util.types.isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (isError(value)) return { type: errorType(value), message: cutString(String(value.message)) }
  if (util.types.isSet(value)) return items(value, value.size, path, walk)
  if (util.types.isMap(value)) return entries(value, path, walk)
  if (ArrayBuffer.isView(value) || util.types.isAnyArrayBuffer(value)) {
    return `[${value.constructor.name} ${value.byteLength}]`
  }
  return ownMembers(value, path, walk)
}

/** Looks at no more than it keeps: a set may hold millions. */
function items(list: Iterable<unknown>, size: number, path: string, walk: Walk): unknown[] {
  const kept: unknown[] = []
  for (const item of list) {
    if (kept.length === MOST_ITEMS) {
      kept.push(`[${size - MOST_ITEMS} more]`)
      break
    }
    kept.push(plain(item, path, walk) ?? null)
  }
  return kept
}

function entries(map: Map<unknown, unknown>, path: string, walk: Walk): unknown {
  const kept = new Fields()
  let left = MOST_ITEMS
  for (const [key, member] of map) {
    if (left-- === 0) return addRest(kept)
    addMember(kept, String(key), member, path, walk)
  }
  return kept
}

function addRest(kept: Record<string, unknown>): unknown {
  kept['…'] = '[more]'
  return kept
}

function ownMembers(value: object, path: string, walk: Walk): unknown {
  const source = value as Record<string, unknown>
  if (typeof source['toJSON'] === 'function') return plain(source['toJSON'](''), path, walk)
  const kept = new Fields()
  let left = MOST_ITEMS
  for (const key of Object.keys(value)) {
    if (left-- === 0) return addRest(kept)
    let member: unknown
    try {
      member = source[key]
    } catch (error) {
      member = threw(error)
    }
    addMember(kept, key, member, path, walk)
  }
  return kept
}

function addMember(
  kept: Record<string, unknown>,
  rawKey: string,
  member: unknown,
  path: string,
  walk: Walk,
): void {
  const key = cutString(rawKey, LONGEST_KEY)
  const below = walk.keys.needsPaths ? `${path}.${key}` : key
  const value = walk.keys.isSecret(rawKey, below) ? REDACTED : plain(member, below, walk)
  if (value !== undefined) kept[key] = value
}

/** What stands for a value whose getter, `toJSON` or proxy threw. */
export function threw(error: unknown): string {
  try {
    return `[Threw: ${cutString(isError(error) ? String(error.message) : String(error), LONGEST_KEY)}]`
  } catch {
    return '[Threw]'
  }
}

/** At most `longest` characters, never through a surrogate pair, with the count of those left out. */
export function cutString(text: string, longest = LONGEST_STRING): string {
  if (text.length <= longest) return text
  const unit = text.charCodeAt(longest - 1)
  const end = unit >= 0xd800 && unit <= 0xdbff ? longest - 1 : longest
  return `${text.slice(0, end)}…[truncated ${text.length - end} chars]`
}
