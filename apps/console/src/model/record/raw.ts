import { fromBinary, type JsonObject, type JsonValue, toJson } from '@bufbuild/protobuf'
import { InstrumentationScopeSchema, LogRecordSchema, ResourceSchema, SpanSchema } from '@throughline/otlp'
import { type RawRecord } from '../../shared/api.js'
import { type Entry } from './entry.js'
import { bytesOf, unpackLine, unpackSpan } from './packed.js'

/** OTLP's JSON differs from protobuf's: enums are numbers, ids hex digits. */
const JSON_OPTIONS = { enumAsInteger: true } as const
const IDS: ReadonlySet<string> = new Set(['traceId', 'spanId', 'parentSpanId'])

export function rawOf({ seq, signal, packed, origin }: Entry): RawRecord {
  const record =
    signal === 'logs'
      ? toJson(LogRecordSchema, unpackLine(packed), JSON_OPTIONS)
      : toJson(SpanSchema, unpackSpan(packed), JSON_OPTIONS)
  return {
    seq,
    signal,
    record: withHexIds(record),
    scope: toJson(
      InstrumentationScopeSchema,
      fromBinary(InstrumentationScopeSchema, bytesOf(origin.scope)),
      JSON_OPTIONS,
    ),
    resource: toJson(ResourceSchema, fromBinary(ResourceSchema, bytesOf(origin.resource)), JSON_OPTIONS),
  }
}

function withHexIds(record: JsonValue): JsonValue {
  if (!isObject(record)) return record
  const { links } = record
  return { ...hexIds(record), ...(Array.isArray(links) ? { links: links.map(withHexIds) } : {}) }
}

function hexIds(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(([key, value]) =>
    IDS.has(key) && typeof value === 'string'
      ? [key, Buffer.from(value, 'base64').toString('hex')]
      : [key, value],
  )
  return Object.fromEntries(entries) as JsonObject
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
