const PARTIAL_SUCCESS = 1
const REJECTED = 1
const ERROR_MESSAGE = 2

const VARINT = 0
const FIXED_64 = 1
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

const LONGEST_VARINT = 10

/** What a collector did not take of an export that it took otherwise. */
export interface Refusal {
  readonly count: number
  readonly reason: string
}

/**
 * Reads the answer to an export, which has the same layout for all signals. Never throws.
 *
 * @returns undefined where all was taken, or where the answer is none: the collector has said that it has the export
 *
 * @example
 * readRefusal(new Uint8Array()) // undefined
 */
export function readRefusal(answer: Uint8Array): Refusal | undefined {
  let count = 0
  let reason = ''
  try {
    for (const [field, partial] of fieldsOf(answer)) {
      if (field !== PARTIAL_SUCCESS || typeof partial === 'number') continue
      for (const [field, value] of fieldsOf(partial)) {
        if (field === REJECTED && typeof value === 'number') count = value
        if (field === ERROR_MESSAGE && typeof value !== 'number') reason = Buffer.from(value).toString()
      }
    }
  } catch {
    return undefined
  }
  // With a reason alone a collector warns of what it took all the same.
  return count > 0 ? { count, reason: reason || 'no reason given' } : undefined
}

/**
 * The fields of a protobuf message: a number for a varint, bytes for what has a length; others are left out.
 *
 * @throws RangeError where the message is broken
 */
function* fieldsOf(message: Uint8Array): Generator<[field: number, value: number | Uint8Array]> {
  let at = 0
  const skip = (bytes: number): number => {
    const from = at
    at += bytes
    if (!(bytes >= 0 && at <= message.length)) throw new RangeError('broken off')
    return from
  }
  const varint = (): number => {
    let value = 0
    for (let i = 0; i < LONGEST_VARINT; i++) {
      const byte = message[skip(1)] as number
      value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80) return value < 2 ** 63 ? value : value - 2 ** 64
    }
    throw new RangeError('too long a number')
  }
  while (at < message.length) {
    const tag = varint()
    const field = Math.floor(tag / 8)
    switch (tag & 7) {
      case VARINT:
        yield [field, varint()]
        break
      case LENGTH_DELIMITED: {
        const length = varint()
        yield [field, message.subarray(skip(length), at)]
        break
      }
      case FIXED_64:
        skip(8)
        break
      case FIXED_32:
        skip(4)
        break
      default:
        throw new RangeError('no such type')
    }
  }
}
