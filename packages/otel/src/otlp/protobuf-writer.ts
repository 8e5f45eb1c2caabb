import { HEX_DIGITS } from './hex-digits.js'

const FIRST_SIZE = 64 * 1024
/** A larger buffer is given back: one huge request is no reason to hold its memory for good. */
const LARGEST_KEPT = 2 * 1024 * 1024
/** More than collectors take; an object that contains itself would grow without end. */
const LARGEST = 64 * 1024 * 1024

/** Up to here a loop is quicker than the call out of JavaScript. */
const SHORT_STRING = 16
/** Beyond, a string is measured: three bytes for each of its units would be too much to reserve. */
const LONG_STRING = 16 * 1024

const VARINT = 0
const FIXED_64 = 1
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

/** A tag and the longest varint. */
const MOST_HEADER = 15

/**
 * Protobuf's wire format, written in one pass into a buffer that serves one message after the other.
 *
 * The length of a nested message is known at its end: room for it is left at its beginning, and what follows is moved
 * where that was not enough.
 */
export class ProtobufWriter {
  #buffer = Buffer.allocUnsafeSlow(FIRST_SIZE)
  #position = 0

  /** How much is written. */
  get position(): number {
    return this.#position
  }

  /** Forgets what was written behind `position`. */
  rewind(position: number): void {
    this.#position = position
  }

  /** A copy of what was written since `start`. */
  copyFrom(start: number): Uint8Array {
    const copy = Buffer.allocUnsafeSlow(this.#position - start)
    this.#buffer.copy(copy, 0, start, this.#position)
    return copy
  }

  /** Hands over what was written and begins anew. */
  take(): Uint8Array {
    const taken = this.copyFrom(0)
    this.clear()
    return taken
  }

  clear(): void {
    this.#position = 0
    if (this.#buffer.length > LARGEST_KEPT) this.#buffer = Buffer.allocUnsafeSlow(FIRST_SIZE)
  }

  /**
   * Begins a nested message.
   *
   * @param room bytes that its length is likely to take
   * @returns what `end` has to be given, with the same room
   */
  begin(field: number, room = 1): number {
    this.#reserve(MOST_HEADER)
    this.#tag(field, LENGTH_DELIMITED)
    return (this.#position += room)
  }

  end(start: number, room = 1): void {
    const length = this.#position - start
    const needed = varintSize(length)
    if (needed !== room) {
      this.#reserve(needed)
      this.#buffer.copyWithin(start + needed - room, start, this.#position)
    }
    this.#position = start - room
    this.#varint(length)
    this.#position += length
  }

  /** @throws TypeError for what is no string */
  string(field: number, text: string): void {
    // Nobody has checked what a caller without types gives.
    if (typeof text !== 'string') throw new TypeError('not a string')
    const { length } = text
    this.#reserve(MOST_HEADER + (length > LONG_STRING ? Buffer.byteLength(text) : length * 3))
    this.#tag(field, LENGTH_DELIMITED)
    if (length <= SHORT_STRING && this.#ascii(text)) return
    const room = varintSize(length)
    const start = (this.#position += room)
    // Half a surrogate pair becomes U+FFFD.
    this.#position += this.#buffer.write(text, start)
    this.end(start, room)
  }

  /** What is encoded already, tag included. */
  encoded(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#position)
    this.#position += bytes.length
  }

  bytes(field: number, bytes: Uint8Array): void {
    this.#reserve(MOST_HEADER)
    this.#tag(field, LENGTH_DELIMITED)
    this.#varint(bytes.length)
    this.encoded(bytes)
  }

  /**
   * Bytes that are given as hexadecimal digits.
   *
   * @throws TypeError for another length or other characters
   */
  hex(field: number, digits: string, length: number): void {
    if (typeof digits !== 'string' || digits.length !== length * 2) throw new TypeError('not an id')
    this.#reserve(MOST_HEADER + length)
    this.#tag(field, LENGTH_DELIMITED)
    const buffer = this.#buffer
    let at = this.#position
    buffer[at++] = length
    let all = 0
    for (let i = 0; i < length * 2; i += 2) {
      const first = digits.charCodeAt(i)
      const second = digits.charCodeAt(i + 1)
      const high = HEX_DIGITS[first & 0xff] as number
      const low = HEX_DIGITS[second & 0xff] as number
      all |= high | low | ((first | second) & 0xff00)
      buffer[at++] = (high << 4) | low
    }
    if (all > 0xf) throw new TypeError('not an id')
    this.#position = at
  }

  uint32(field: number, value: number): void {
    this.#reserve(MOST_HEADER)
    this.#tag(field, VARINT)
    this.#varint(value >>> 0)
  }

  bool(field: number, value: boolean): void {
    this.uint32(field, value ? 1 : 0)
  }

  /** A whole number from -2^63 to below 2^63. */
  int64(field: number, value: number): void {
    this.#reserve(MOST_HEADER)
    this.#tag(field, VARINT)
    this.#int64(value)
  }

  /** A whole number from -2^31 to below 2^31, of which small ones are short whatever their sign. */
  sint32(field: number, value: number): void {
    this.uint32(field, (value << 1) ^ (value >> 31))
  }

  double(field: number, value: number): void {
    this.#reserve(MOST_HEADER)
    this.#tag(field, FIXED_64)
    this.#position = this.#buffer.writeDoubleLE(value, this.#position)
  }

  fixed32(field: number, value: number): void {
    this.#reserve(MOST_HEADER)
    this.#tag(field, FIXED_32)
    this.#word(value)
  }

  fixed64(field: number, low: number, high: number): void {
    this.#reserve(MOST_HEADER)
    this.#tag(field, FIXED_64)
    this.#word(low)
    this.#word(high)
  }

  /** A whole number from -2^63 to below 2^64: where fixed64 and sfixed64 both have it, they are the same. */
  fixedInt64(field: number, value: number): void {
    this.#reserve(MOST_HEADER)
    this.#tag(field, FIXED_64)
    this.#words(value)
  }

  /** Repeated numbers under one tag; whole ones as in `int64` and `fixedInt64`. */
  packed(field: number, type: 'varint' | 'fixed64' | 'double', values: readonly number[]): void {
    const start = this.begin(field, 2)
    for (const value of values) {
      this.#reserve(MOST_HEADER)
      if (type === 'double') this.#position = this.#buffer.writeDoubleLE(value, this.#position)
      else if (type === 'fixed64') this.#words(value)
      else this.#int64(value)
    }
    this.end(start, 2)
  }

  #tag(field: number, type: number): void {
    this.#varint((field << 3) | type)
  }

  #varint(value: number): void {
    const buffer = this.#buffer
    let at = this.#position
    let rest = value
    while (rest > 0x7f) {
      buffer[at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    buffer[at++] = rest
    this.#position = at
  }

  #int64(value: number): void {
    if (value >= 0 && value <= 0xffff_ffff) this.#varint(value)
    // Both halves wrap around, which is what two's complement asks for.
    else this.#varint64(value >>> 0, Math.floor(value / 2 ** 32) >>> 0)
  }

  #varint64(low: number, high: number): void {
    while (high > 0) {
      this.#buffer[this.#position++] = (low & 0x7f) | 0x80
      low = ((low >>> 7) | (high << 25)) >>> 0
      high >>>= 7
    }
    this.#varint(low)
  }

  #word(value: number): void {
    const buffer = this.#buffer
    const at = this.#position
    buffer[at] = value
    buffer[at + 1] = value >>> 8
    buffer[at + 2] = value >>> 16
    buffer[at + 3] = value >>> 24
    this.#position = at + 4
  }

  #words(value: number): void {
    const whole = Math.trunc(value)
    this.#word(whole)
    this.#word(Math.floor(whole / 2 ** 32))
  }

  /** Writes a short string and its length; false, and nothing written, where it is not ASCII. */
  #ascii(text: string): boolean {
    const buffer = this.#buffer
    const { length } = text
    const start = this.#position + 1
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) return false
      buffer[start + i] = unit
    }
    buffer[start - 1] = length
    this.#position = start + length
    return true
  }

  #reserve(size: number): void {
    if (this.#position + size > this.#buffer.length) this.#grow(this.#position + size)
  }

  #grow(needed: number): void {
    if (needed > LARGEST) throw new RangeError('too large to be exported')
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(larger, 0, 0, this.#position)
    this.#buffer = larger
  }
}

/** Bytes of a length, which is never beyond 32 bits. */
function varintSize(value: number): number {
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  if (value < 0x20_0000) return 3
  return value < 0x1000_0000 ? 4 : 5
}
