import { ProtobufWriter } from './protobuf-writer.js'

/** Keys beyond this many are encoded anew each time: keys made from data must not grow the table. */
const MOST_KEYS = 2_000
const LONGEST_KEY = 256

const KEY_VALUE = { key: 1, value: 2 }
const ANY_VALUE = { string: 1, bool: 2, int: 3, double: 4, array: 5, kvlist: 6, bytes: 7 }
/** The one field of ArrayValue and of KeyValueList. */
const VALUES = 1

/** Writes attributes as OTLP's KeyValue and AnyValue, by the rules of the official serializer. */
export class AttributeEncoder {
  /** The field `key`, encoded. */
  readonly #keys = new Map<string, Uint8Array>()
  readonly #keyWriter = new ProtobufWriter()

  constructor(private readonly writer: ProtobufWriter) {}

  /** Own enumerable members, each as a KeyValue of the repeated field. */
  attributes(field: number, attributes: object): void {
    const source = attributes as Readonly<Record<string, unknown>>
    for (const key of Object.keys(source)) this.attribute(field, key, source[key])
  }

  attribute(field: number, key: string, value: unknown): void {
    const { writer } = this
    const start = writer.begin(field)
    writer.encoded(this.#keys.get(key) ?? this.#encodeKey(key))
    this.value(KEY_VALUE.value, value)
    writer.end(start)
  }

  /** An AnyValue; empty for what it has no form for, such as null, undefined and bigint. */
  value(field: number, value: unknown): void {
    const { writer } = this
    const start = writer.begin(field)
    switch (typeof value) {
      case 'string':
        writer.string(ANY_VALUE.string, value)
        break
      case 'boolean':
        writer.bool(ANY_VALUE.bool, value)
        break
      case 'number':
        if (isInt64(value)) writer.int64(ANY_VALUE.int, value)
        else writer.double(ANY_VALUE.double, value)
        break
      case 'object':
        if (value !== null) this.#object(value)
        break
      default:
    }
    writer.end(start)
  }

  #object(value: object): void {
    const { writer } = this
    if (value instanceof Uint8Array) {
      writer.bytes(ANY_VALUE.bytes, value)
    } else if (Array.isArray(value)) {
      const start = writer.begin(ANY_VALUE.array)
      for (const item of value) this.value(VALUES, item)
      writer.end(start)
    } else {
      const start = writer.begin(ANY_VALUE.kvlist)
      this.attributes(VALUES, value)
      writer.end(start)
    }
  }

  #encodeKey(key: string): Uint8Array {
    const writer = this.#keyWriter
    writer.string(KEY_VALUE.key, key)
    const encoded = writer.take()
    if (this.#keys.size < MOST_KEYS && key.length <= LONGEST_KEY) this.#keys.set(key, encoded)
    return encoded
  }
}

/** Integers beyond 2^53 too, as long as an int64 has them: a count must not become a fraction as it grows. */
function isInt64(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63
}
