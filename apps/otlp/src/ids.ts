import { type DescMessage, type Message } from '@bufbuild/protobuf'
import { reflect, type ReflectMessage } from '@bufbuild/protobuf/reflect'

/** The fields that hold an id, by their names in protobuf, and its length in bytes. */
export const idLengths: ReadonlyMap<string, number> = new Map([
  ['trace_id', 16],
  ['span_id', 8],
  ['parent_span_id', 8],
])

/** Ids are absent or whole: the definitions call every other length invalid, and collectors refuse the request. */
export function checkIds(schema: DescMessage, message: Message): void {
  check(reflect(schema, message))
}

function check(message: ReflectMessage): void {
  for (const field of message.fields) {
    if (!message.isSet(field)) continue
    const length = field.fieldKind === 'scalar' ? idLengths.get(field.name) : undefined
    if (length !== undefined) {
      const { length: found } = message.get(field) as Uint8Array
      if (found !== length) throw new Error(`${field.toString()} has ${found} bytes, not ${length}`)
    } else if (field.fieldKind === 'message') {
      check(message.get(field))
    } else if (field.fieldKind === 'list' && field.listKind === 'message') {
      for (const item of message.get(field)) check(item as ReflectMessage)
    }
  }
}

/** An id as lowercase hex digits; empty when absent. */
export function hex(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('hex')
}

/** The same, for the fields that need not be there. */
export function optionalHex(id: Uint8Array): string | undefined {
  return id.length === 0 ? undefined : hex(id)
}
