import { types } from 'node:util'
import { errorType, isError } from './exception.js'
import { REDACTED, type Redaction } from './redaction.js'

/** Longest string that a record carries; the rest is cut and counted in its place. */
export const LONGEST_STRING = 16_384
const DEEPEST = 8
const MOST_ITEMS = 100
const MOST_NODES = 1_000

/** Where a value stands while it is walked: enough to see a circle and to stop in time. */
interface Walk {
  readonly redacts: Redaction
  readonly above: unknown[]
  nodes: number
}

/**
 * Turns any value into plain data that `JSON.stringify` takes without a throw: what JSON lacks becomes a
 * string, circles and throwing getters are named, depth and size are bounded, secrets are redacted (R7.5, R7.11).
 *
 * Undefined means that the value is to be left out.
 */
export function plainValue(value: unknown, path: string, redacts: Redaction): unknown {
  return plain(value, path, { redacts, above: [], nodes: 0 })
}

function plain(value: unknown, path: string, walk: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return cutString(value)
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return cutString(value.toString())
    case 'object':
      return value === null ? null : plainObject(value, path, walk)
    default:
      return undefined
  }
}

function plainObject(value: object, path: string, walk: Walk): unknown {
  if (walk.above.includes(value)) return '[Circular]'
  if (walk.above.length >= DEEPEST || ++walk.nodes > MOST_NODES)
    return Array.isArray(value) ? '[Array]' : '[Object]'
  walk.above.push(value)
  try {
    return members(value, path, walk)
  } catch (error) {
    return `[Threw: ${cutString(isError(error) ? error.message : String(error), 256)}]`
  } finally {
    walk.above.pop()
  }
}

function members(value: object, path: string, walk: Walk): unknown {
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (isError(value)) return { type: errorType(value), message: cutString(String(value.message)) }
  if (Array.isArray(value)) return items(value, path, walk)
  if (types.isSet(value)) return items([...value], path, walk)
  if (types.isMap(value)) return entries(value, path, walk)
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value))
    return `[${value.constructor.name} ${value.byteLength}]`
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return plain(toJSON.call(value, ''), path, walk)
  return entries(ownEntries(value), path, walk)
}

function items(list: readonly unknown[], path: string, walk: Walk): unknown[] {
  const kept = list.slice(0, MOST_ITEMS).map((item) => plain(item, path, walk) ?? null)
  if (list.length > MOST_ITEMS) kept.push(`[${list.length - MOST_ITEMS} more]`)
  return kept
}

function entries(pairs: Iterable<[unknown, unknown]>, path: string, walk: Walk): object {
  const kept = Object.create(null) as Record<string, unknown>
  let count = 0
  for (const [rawKey, value] of pairs) {
    if (count++ >= MOST_ITEMS) {
      kept['…'] = '[more]'
      break
    }
    const key = cutString(String(rawKey), 256)
    const below = `${path}.${key}`
    const cleaned = walk.redacts(below) ? REDACTED : plain(value, below, walk)
    if (cleaned !== undefined) kept[key] = cleaned
  }
  return kept
}

/** Own enumerable entries one by one, so that a getter that throws costs only itself. */
function* ownEntries(value: object): Generator<[string, unknown]> {
  for (const key of Object.keys(value)) {
    let member: unknown
    try {
      member = (value as Record<string, unknown>)[key]
    } catch (error) {
      member = `[Threw: ${isError(error) ? error.message : String(error)}]`
    }
    yield [key, member]
  }
}

/** At most `longest` characters, never through a surrogate pair, with the count of those left out. */
export function cutString(text: string, longest = LONGEST_STRING): string {
  if (text.length <= longest) return text
  const unit = text.charCodeAt(longest - 1)
  const end = unit >= 0xd800 && unit <= 0xdbff ? longest - 1 : longest
  return `${text.slice(0, end)}…[truncated ${text.length - end} chars]`
}
