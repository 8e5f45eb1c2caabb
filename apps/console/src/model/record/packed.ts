import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { type LogRecord, LogRecordSchema, type Span, SpanSchema } from '@throughline/otlp'

/**
 * A message in OTLP's binary encoding, one character a byte. As a string it is one compact object on the heap; a hundred
 * thousand small buffers cost several times their bytes.
 */
export type Packed = string

export function packed(bytes: Uint8Array): Packed {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

export function bytesOf(text: Packed): Uint8Array {
  return Buffer.from(text, 'latin1')
}

export function packLine(record: LogRecord): Packed {
  return packed(toBinary(LogRecordSchema, record))
}

export function packSpan(span: Span): Packed {
  return packed(toBinary(SpanSchema, span))
}

export function unpackLine(text: Packed): LogRecord {
  return fromBinary(LogRecordSchema, bytesOf(text))
}

export function unpackSpan(text: Packed): Span {
  return fromBinary(SpanSchema, bytesOf(text))
}
