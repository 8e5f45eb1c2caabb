import { type AnyValue, type KeyValue } from '@throughline/otlp'
import { type Attributes, type Value } from '../../shared/api.js'

/** As values for JSON, whatever their keys: the first of several with one key. */
export function attributeMap(attributes: readonly KeyValue[]): Map<string, Value> {
  const map = new Map<string, Value>()
  for (const { key, value } of attributes) if (!map.has(key)) map.set(key, plainValue(value))
  return map
}

/** `Object.fromEntries` makes `__proto__` a key like any other. */
export function attributesOf(attributes: readonly KeyValue[]): Attributes {
  return Object.fromEntries(attributeMap(attributes))
}

/** What JSON cannot say becomes a string: integers beyond 2^53, bytes (as base64), NaN and infinities. */
export function plainValue(any: AnyValue | undefined): Value {
  const value = any?.value
  switch (value?.case) {
    case 'stringValue':
    case 'boolValue':
      return value.value
    case 'intValue': {
      const number = Number(value.value)
      return Number.isSafeInteger(number) ? number : String(value.value)
    }
    case 'doubleValue':
      return Number.isFinite(value.value) ? value.value : String(value.value)
    case 'arrayValue':
      return value.value.values.map(plainValue)
    case 'kvlistValue':
      return attributesOf(value.value.values)
    case 'bytesValue':
      return Buffer.from(value.value).toString('base64')
    default:
      return null
  }
}

/** A value as one would type it; JSON for what is no scalar. */
export function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function stringOf(value: Value | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Numbers come as strings from some exporters. */
export function numberOf(value: Value | undefined): number | undefined {
  if (value === undefined || value === null || value === '' || typeof value === 'object') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}
