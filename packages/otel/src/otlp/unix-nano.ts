import type { ProtobufWriter } from './protobuf-writer.js'

/** 1e9 is NANOS_HIGH * 2^16 + NANOS_LOW. */
const NANOS_HIGH = 15_258
const NANOS_LOW = 51_712

/**
 * Writes a time as OTLP has it, nanoseconds since 1970 in 64 bits; 0, which is "unknown", for one before 1970 or none.
 *
 * A number holds 53 bits exactly, and a bigint is slow: seconds are multiplied by the two halves of 1e9, so that no
 * intermediate result is beyond.
 */
export function writeUnixNano(
  writer: ProtobufWriter,
  field: number,
  seconds: number,
  nanoseconds: number,
): void {
  if (!(seconds >= 0 && nanoseconds >= 0)) {
    writer.fixed64(field, 0, 0)
    return
  }
  const upper = seconds * NANOS_HIGH
  const rest = (upper % 0x1_0000) * 0x1_0000 + seconds * NANOS_LOW + nanoseconds
  writer.fixed64(field, rest, Math.floor(upper / 0x1_0000) + Math.floor(rest / 2 ** 32))
}
