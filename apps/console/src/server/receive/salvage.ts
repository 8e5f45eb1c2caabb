import { type DescMessage, fromBinary, type JsonObject, type JsonValue } from '@bufbuild/protobuf'
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { decodeRequest, type Encoding, requestSchemas, type Signal } from '@throughline/otlp'

export interface Salvage {
  /** The body without them. */
  readonly body: Uint8Array
  /** How many records could not be read. */
  readonly rejected: number
}

/** A batch is resources, their scopes, and the records of those: these fields lead to the records. */
const RESOURCES = 1
const SCOPES = 2
const RECORDS = 2

/** Takes the records that cannot be decoded out of a body that as a whole cannot: the others need not go with them. */
export function salvage(signal: Signal, encoding: Encoding, body: Uint8Array): Salvage {
  return encoding === 'json' ? salvageJson(signal, body) : salvageBinary(signal, body)
}

/** The tag of a field that no definition has, as long as that of a record: a decoder passes over it. */
const UNKNOWN_TAG = (15 << 3) | WireType.LengthDelimited

function salvageBinary(signal: Signal, body: Uint8Array): Salvage {
  const copy = Uint8Array.from(body)
  const reader = new BinaryReader(copy)
  const schema = recordSchema(signal)
  let rejected = 0
  const walk = ([field, ...rest]: readonly number[], end: number): void => {
    while (reader.pos < end) {
      const at = reader.pos
      const [number, wireType] = reader.tag()
      if (number !== field || wireType !== WireType.LengthDelimited) {
        reader.skip(wireType, number)
        continue
      }
      const length = reader.uint32()
      const start = reader.pos
      if (rest.length > 0) walk(rest, start + length)
      else if (!isReadable(schema, copy.subarray(start, start + length))) {
        copy[at] = UNKNOWN_TAG
        rejected += 1
      }
      reader.pos = start + length
    }
  }
  walk([RESOURCES, SCOPES, RECORDS], reader.len)
  return { body: copy, rejected }
}

function isReadable(schema: DescMessage, bytes: Uint8Array): boolean {
  return succeeds(() => fromBinary(schema, bytes, { readUnknownFields: false }))
}

function salvageJson(signal: Signal, body: Uint8Array): Salvage {
  const json = JSON.parse(Buffer.from(body).toString()) as JsonValue
  const [resources, scopes, records] = jsonPath(signal)
  let rejected = 0
  for (const resource of listOf(json, resources)) {
    for (const scope of listOf(resource, scopes)) {
      const all = listOf(scope, records)
      const readable = all.filter((record) =>
        succeeds(() => {
          const alone = { [resources]: [{ [scopes]: [{ [records]: [record] }] }] }
          decodeRequest(signal, 'json', Buffer.from(JSON.stringify(alone)), { anyIds: true })
        }),
      )
      rejected += all.length - readable.length
      if (isObject(scope)) scope[records] = readable
    }
  }
  return { body: Buffer.from(JSON.stringify(json)), rejected }
}

function recordSchema(signal: Signal): DescMessage {
  return fieldsTo(signal).at(-1)?.message ?? requestSchemas[signal]
}

function jsonPath(signal: Signal): [string, string, string] {
  const [resources = '', scopes = '', records = ''] = fieldsTo(signal).map(({ jsonName }) => jsonName)
  return [resources, scopes, records]
}

function fieldsTo(signal: Signal) {
  let schema: DescMessage | undefined = requestSchemas[signal]
  return [RESOURCES, SCOPES, RECORDS].flatMap((number) => {
    const field = schema?.fields.find((each) => each.number === number)
    schema = field?.message
    return field ?? []
  })
}

function listOf(json: JsonValue, key: string): JsonValue[] {
  const list = isObject(json) ? json[key] : undefined
  return Array.isArray(list) ? list : []
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function succeeds(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}
