import { type Entry } from './entry.js'
import { bytesOf, type Packed } from './packed.js'

/** Fields of ResourceLogs and ResourceSpans, and of ScopeLogs and ScopeSpans: their numbers are the same. */
const ORIGIN = 1
const CONTENT = 2
const URL = 3

/** An export request of this one record. */
export function requestBytes({ packed, origin }: Entry): Uint8Array {
  const scope = field(ORIGIN, origin.scope) + field(CONTENT, packed) + text(URL, origin.scopeUrl)
  const resource = field(ORIGIN, origin.resource) + field(CONTENT, scope) + text(URL, origin.resourceUrl)
  return bytesOf(field(1, resource))
}

/** A field of the wire type LEN: its tag, its length, its bytes. */
function field(number: number, content: Packed): Packed {
  let length = content.length
  let prefix = String.fromCharCode(number * 8 + 2)
  while (length > 127) {
    prefix += String.fromCharCode((length % 128) + 128)
    length = Math.floor(length / 128)
  }
  return prefix + String.fromCharCode(length) + content
}

function text(number: number, value: string): Packed {
  return value === '' ? '' : field(number, Buffer.from(value).toString('latin1'))
}
