const NOT_ZERO = /[^0]/

/** An id in hex digits; empty where it is absent, of another length, or all zero, which OpenTelemetry calls invalid. */
export function idOf(bytes: Uint8Array, length: 8 | 16): string {
  if (bytes.length !== length) return ''
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('hex')
  return NOT_ZERO.test(hex) ? hex : ''
}

/** What is longer is no id that anybody made on purpose. */
const MAX_ID = 256

/** A request.id that can be a key and part of an address: bounded, and no half of a surrogate pair. */
export function requestIdOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  return Buffer.from(value.slice(0, MAX_ID)).toString()
}
