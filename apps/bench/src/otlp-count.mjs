const VARINT = 0
const FIXED_64 = 1
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

/** Where the entries are in an export request of traces or of logs: resource, scope, span or record. */
const PATH = [1, 2, 2]

/**
 * How many spans or log records an OTLP request in protobuf has.
 *
 * Found by the lengths alone: what decodes them would take the processor from what is measured.
 */
export function countRecords(body, at = 0, end = body.length, depth = 0) {
  let count = 0
  const reader = { at }
  while (reader.at < end) {
    const tag = readVarint(body, reader)
    const type = tag & 7
    if (type === LENGTH_DELIMITED) {
      const length = readVarint(body, reader)
      if (tag >> 3 === PATH[depth]) {
        count += depth === 2 ? 1 : countRecords(body, reader.at, reader.at + length, depth + 1)
      }
      reader.at += length
    } else if (type === VARINT) readVarint(body, reader)
    else if (type === FIXED_64) reader.at += 8
    else if (type === FIXED_32) reader.at += 4
    else throw new Error(`protobuf: type ${type} at ${reader.at}`)
  }
  return count
}

function readVarint(body, reader) {
  let value = 0
  for (let scale = 1; ; scale *= 128) {
    const byte = body[reader.at++]
    value += (byte & 127) * scale
    if (byte < 128) return value
  }
}
