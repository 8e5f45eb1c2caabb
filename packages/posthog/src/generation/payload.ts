import { cutString, isSecret, plainCopy } from '@throughline/core/binding'

/** A payload is looked at up to so many times its cap: a prompt may hold images. */
const READ_AHEAD = 2

/**
 * A prompt or a completion as it is sent: a text cut at the cap, anything else as it is while its JSON fits, else its
 * JSON cut at the cap (P7). Secrets are redacted, bytes are only counted. Undefined where there is nothing. Never throws.
 *
 * @param cap UTF-16 code units; a cut goes through no surrogate pair
 */
export function readPayload(given: unknown, cap: number): unknown {
  if (given === undefined || given === null) return undefined
  if (typeof given === 'string') return cutString(given, cap)
  if (ArrayBuffer.isView(given)) return withoutBytes(given)
  const json = toJson(given, cap)
  if (json === undefined) return undefined
  return json.length <= cap ? (JSON.parse(json) as unknown) : cutString(json, cap)
}

function toJson(given: unknown, cap: number): string | undefined {
  try {
    return JSON.stringify(given, boundedReplacer(cap * READ_AHEAD))
  } catch {
    // A circle, or a getter that throws.
    return JSON.stringify(plainCopy(given))
  }
}

/** Lets JSON grow only so far, for what is behind the cap is counted and not sent. */
function boundedReplacer(most: number): (key: string, value: unknown) => unknown {
  let left = most
  return (key, value) => {
    left -= key.length
    if (key !== '' && isSecret(key)) return '[REDACTED]'
    if (typeof value === 'bigint') return value.toString()
    const room = Math.max(left, 1)
    if (typeof value === 'string') {
      left -= value.length
      return cutString(value, room)
    }
    left--
    return typeof value === 'object' && value !== null ? beginning(value, room) : value
  }
}

/**
 * A list or an object with its first members: each is a character of JSON at least.
 *
 * Bytes go here, for a member's `toJSON` is called before the replacer sees it, and a Buffer's makes a list of them. What
 * needs no change is given as it is: JSON finds a circle by the objects that it has seen.
 */
function beginning(value: object, most: number): object {
  if (Array.isArray(value)) {
    const items: unknown[] = value.length > most ? value.slice(0, most) : value
    return items.some((item) => ArrayBuffer.isView(item)) ? items.map(withoutBytes) : items
  }
  const members = value as Record<string, unknown>
  const keys = Object.keys(members)
  if (keys.length <= most && !keys.some((key) => ArrayBuffer.isView(members[key]))) return value
  return Object.fromEntries(keys.slice(0, most).map((key) => [key, withoutBytes(members[key])]))
}

function withoutBytes(value: unknown): unknown {
  return ArrayBuffer.isView(value) ? `[${value.byteLength} bytes]` : value
}
