import { cutString, isSecret, plainCopy } from '@throughline/core/binding'

/** Texts of a payload are looked at up to so many times its cap: a prompt may hold images. */
const READ_AHEAD = 2

/**
 * A prompt or a completion as it is sent: a text cut at the cap, anything else as it is while its JSON fits, else its
 * JSON cut at the cap (P7). Secrets are redacted. Undefined where there is nothing. Never throws.
 *
 * @param cap UTF-16 code units; a cut goes through no surrogate pair
 */
export function readPayload(given: unknown, cap: number): unknown {
  if (given === undefined || given === null) return undefined
  if (typeof given === 'string') return cutString(given, cap)
  const json = toJson(given, cap)
  if (json === undefined) return undefined
  return json.length <= cap ? (JSON.parse(json) as unknown) : cutString(json, cap)
}

function toJson(given: unknown, cap: number): string | undefined {
  try {
    return JSON.stringify(given, boundedReplacer(cap))
  } catch {
    // A circle, or a getter that throws.
    return JSON.stringify(plainCopy(given))
  }
}

/** Lets JSON grow only so far beyond the cap, for what is behind it is counted and not sent. */
function boundedReplacer(cap: number): (key: string, value: unknown) => unknown {
  let read = 0
  return (key, value) => {
    if (key !== '' && isSecret(key)) return '[REDACTED]'
    if (typeof value === 'bigint') return value.toString()
    if (typeof value !== 'string') return value
    const left = Math.max(0, cap * READ_AHEAD - read)
    read += value.length
    return cutString(value, Math.max(left, 1))
  }
}
