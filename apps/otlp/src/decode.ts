import { fromBinary, fromJson, type JsonValue } from '@bufbuild/protobuf'
import { checkIds } from './ids.js'
import { protoJson } from './proto-json.js'
import { requestSchemas, type Payload, type Signal } from './signal.js'

export type Encoding = 'protobuf' | 'json'

export const contentTypes: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}

/** Levels of messages: a map in an attribute takes three. The default of 100 would refuse what collectors take. */
const RECURSION_LIMIT = 1_000

export interface DecodeOptions {
  /** Leaves it to the caller what becomes of a record whose ids have another length. */
  readonly anyIds?: boolean
  /** Whether fields that the definitions do not know are kept with the message, as bytes; true by default. */
  readonly unknownFields?: boolean
}

/** The encoding that a Content-Type names, parameters such as the charset aside. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  return (['protobuf', 'json'] as const).find((encoding) => contentTypes[encoding] === type)
}

/**
 * Decodes the body of an export request; throws when the body is not one. As a collector does, it ignores unknown
 * fields and refuses trace and span ids of another length than 16 and 8 bytes.
 *
 * @example
 * const { message } = decodeRequest('traces', 'protobuf', body)
 */
export function decodeRequest<S extends Signal>(
  signal: S,
  encoding: Encoding,
  body: Uint8Array,
  { anyIds = false, unknownFields = true }: DecodeOptions = {},
): Extract<Payload, { signal: S }> {
  const schema = requestSchemas[signal]
  const message =
    encoding === 'protobuf' ? decodeBinary(signal, body, unknownFields) : decodeJson(signal, body)
  if (!anyIds) checkIds(schema, message)
  return { signal, message } as unknown as Extract<Payload, { signal: S }>
}

function decodeBinary(signal: Signal, body: Uint8Array, readUnknownFields: boolean) {
  return fromBinary(requestSchemas[signal], body, { readUnknownFields, recursionLimit: RECURSION_LIMIT })
}

function decodeJson(signal: Signal, body: Uint8Array) {
  const schema = requestSchemas[signal]
  const json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as JsonValue
  return fromJson(schema, protoJson(schema, json), {
    ignoreUnknownFields: true,
    recursionLimit: RECURSION_LIMIT,
  })
}
