import { type AnyValue, type KeyValue } from './proto/opentelemetry/proto/common/v1/common_pb.js'

/** A value in plain JavaScript. Integers beyond 2^53 are bigint, an empty value is null. */
export type OtlpValue =
  | string
  | boolean
  | number
  | bigint
  | null
  | Uint8Array
  | readonly OtlpValue[]
  | { readonly [key: string]: OtlpValue }

export type OtlpAttributes = Readonly<Record<string, OtlpValue>>

export function plainValue(any: AnyValue | undefined): OtlpValue {
  if (any === undefined) return null
  const { value } = any
  switch (value.case) {
    case 'intValue':
      return plainInteger(value.value)
    case 'arrayValue':
      return value.value.values.map(plainValue)
    case 'kvlistValue':
      return plainAttributes(value.value.values)
    case undefined:
      return null
    default:
      return value.value
  }
}

/** Keys have to be unique. One that is not shows as `key#2` and so on, for a comparison must not miss it. */
export function plainAttributes(attributes: readonly KeyValue[]): OtlpAttributes {
  const plain = new Map<string, OtlpValue>()
  for (const { key, value } of attributes) {
    let name = key
    for (let count = 2; plain.has(name); count += 1) name = `${key}#${count}`
    plain.set(name, plainValue(value))
  }
  return Object.fromEntries(plain)
}

export function plainInteger(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
