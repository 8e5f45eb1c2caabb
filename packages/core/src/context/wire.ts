import { DisplayString, parseDictionary, serializeBareItem, serializeKey, Token } from 'structured-headers'
import { currentRuntime } from '../telemetry/current-runtime.js'
import { getContext } from './context.js'
import { type ContextFields, keysOf, type Scalar } from './fields.js'
import { parsePlainDictionary } from './plain-dictionary.js'

/** Larger headers are refused whole, in bytes (R3.3). */
const LONGEST_HEADER = 4_096
/** RFC 9651 integers have at most 15 digits, decimals at most 3 places. */
const LARGEST_INTEGER = 999_999_999_999_999
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/
/** Texts that need no escapes, nearly all of them. */
const PLAIN_TEXT = /^[ !#-[\]-~]*$/

/**
 * Writes context fields as one RFC 9651 Dictionary, the value of a `telemetry-context` header (R3.3).
 *
 * Without an argument it takes the current context through the allow-list of `initTelemetry`. A member that
 * cannot be encoded, or no longer fits into 4 KiB, is left out; the rest goes.
 *
 * @example
 * encodeContext({ 'request.id': 'abc', 'user.id': 42, labels: ['draft'] })
 * // 'request.id="abc", user.id=42, labels=("draft")'
 */
export function encodeContext(fields?: ContextFields): string {
  const source = fields ?? currentRuntime().settings.forwardable(getContext())
  const members: string[] = []
  let length = 0
  for (const key of keysOf(source)) {
    const member = encodeMember(key, source)
    if (member === undefined || length + member.length + 2 > LONGEST_HEADER) continue
    members.push(member)
    length += member.length + 2
  }
  return members.join(', ')
}

function encodeMember(key: string, source: ContextFields): string | undefined {
  try {
    const value = source[key]
    if (value === undefined) return undefined
    const name = serializeKey(key)
    if (value === true) return name
    return `${name}=${Array.isArray(value) ? `(${value.map(bareItem).join(' ')})` : bareItem(value as Scalar)}`
  } catch {
    return undefined
  }
}

function bareItem(value: Scalar): string {
  if (typeof value === 'string' && PLAIN_TEXT.test(value)) return `"${value}"`
  if (typeof value === 'number' && !crossesExactly(value)) return serializeBareItem(String(value))
  if (typeof value === 'string' && !PRINTABLE_ASCII.test(value)) return displayString(value)
  return serializeBareItem(value)
}

function crossesExactly(value: number): boolean {
  if (Number.isInteger(value)) return Math.abs(value) <= LARGEST_INTEGER && !Object.is(value, -0)
  return Math.abs(value) < 1e12 && Number(value.toFixed(3)) === value
}

/** By hand, because structured-headers 2.1.0 writes octets below 0x10 with one digit, which no parser takes. */
function displayString(value: string): string {
  const octets = Buffer.from(value, 'utf8').toString('latin1')
  return `%"${octets.replace(/[%"\x00-\x1f\x7f-\xff]/g, (octet) => `%${octet.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`
}

/**
 * Reads what `encodeContext` wrote; every member that could be read is returned.
 *
 * Malformed or oversized input gives `{}` and one debug line, never an exception (R3.3). It does not decide
 * whether the sender is to be believed: entry points do (R3.4).
 *
 * @example
 * decodeContext('request.id="abc", user.id=42') // { 'request.id': 'abc', 'user.id': 42 }
 */
export function decodeContext(header: unknown): ContextFields {
  const fields: ContextFields = {}
  if (header === undefined || header === '') return fields
  const raw = Array.isArray(header) && header.every(isString) ? header.join(', ') : header
  if (typeof raw !== 'string' || raw.length > LONGEST_HEADER) return refuse(raw)
  const plain = parsePlainDictionary(raw)
  if (plain !== undefined) return plain
  try {
    for (const [key, [value]] of parseDictionary(raw)) {
      const decoded = Array.isArray(value) ? value.map(([bare]) => scalar(bare)) : scalar(value)
      if (decoded !== undefined && !(Array.isArray(decoded) && decoded.includes(undefined))) {
        fields[key] = decoded as Scalar | Scalar[]
      }
    }
    return fields
  } catch {
    return refuse(raw)
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function scalar(value: unknown): Scalar | undefined {
  if (value instanceof DisplayString || value instanceof Token) return value.toString()
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined
}

function refuse(raw: unknown): ContextFields {
  const found = typeof raw === 'string' ? `${raw.length} characters` : typeof raw
  currentRuntime().report('debug', 'context_header_refused', { found })
  return {}
}
