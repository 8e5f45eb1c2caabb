import type { DescMessage } from '@bufbuild/protobuf'
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { type Encoding, requestSchemas, type Signal } from '@throughline/otlp'

/** A smaller body holds too few messages to matter, and need not be looked through twice. */
const WORTH_COUNTING = 512 * 1024

const BRACE = '{'.charCodeAt(0)
const BRACKET = '['.charCodeAt(0)

/** Whether a body would become more objects than `limit`: two bytes can be a message of hundreds in memory. */
export function hasTooManyMessages(
  signal: Signal,
  encoding: Encoding,
  body: Uint8Array,
  limit: number,
): boolean {
  if (body.length < WORTH_COUNTING) return false
  if (encoding === 'json') return countInJson(body) > limit
  return new MessageCounter(body, limit).exceeds(requestSchemas[signal])
}

function countInJson(body: Uint8Array): number {
  let count = 0
  for (const byte of body) if (byte === BRACE || byte === BRACKET) count += 1
  return count
}

/** Walks through the wire format and makes nothing of it. */
class MessageCounter {
  readonly #reader: BinaryReader
  #left: number

  constructor(body: Uint8Array, limit: number) {
    this.#reader = new BinaryReader(body)
    this.#left = limit
  }

  exceeds(schema: DescMessage): boolean {
    this.#count(schema, this.#reader.len, 0)
    return this.#left < 0
  }

  #count(schema: DescMessage, end: number, depth: number): void {
    const fields = messageFields(schema)
    while (this.#reader.pos < end && this.#left >= 0) {
      const [number, wireType] = this.#reader.tag()
      const field = wireType === WireType.LengthDelimited ? fields.get(number) : undefined
      if (field === undefined) {
        this.#reader.skip(wireType, number)
        continue
      }
      this.#left -= 1
      const length = this.#reader.uint32()
      // Deeper than a decoder goes: it says so itself.
      if (depth > 1000) this.#reader.pos += length
      else this.#count(field, this.#reader.pos + length, depth + 1)
    }
  }
}

const known = new WeakMap<DescMessage, ReadonlyMap<number, DescMessage>>()

/** The messages in a message, by the number of their field. */
function messageFields(schema: DescMessage): ReadonlyMap<number, DescMessage> {
  const found = known.get(schema)
  if (found !== undefined) return found
  const fields = new Map(
    schema.fields.flatMap(({ number, message }) =>
      message === undefined ? [] : [[number, message] as const],
    ),
  )
  known.set(schema, fields)
  return fields
}
