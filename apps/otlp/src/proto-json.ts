import { type DescField, type DescMessage, type JsonObject, type JsonValue } from '@bufbuild/protobuf'
import { idLengths } from './ids.js'

/**
 * Turns OTLP's JSON into protobuf's. They differ: ids are hex digits instead of base64, enums are only numbers, and
 * keys only lowerCamelCase, so that any other key is an unknown one.
 */
export function protoJson(schema: DescMessage, json: JsonValue): JsonValue {
  if (!isObject(json)) return json
  const fields = new Map(schema.fields.map((field) => [field.jsonName, field]))
  const entries = Object.entries(json).flatMap(([key, value]) => {
    const field = fields.get(key)
    return field === undefined ? [] : [[key, fieldJson(field, value)] as const]
  })
  return Object.fromEntries(entries)
}

function fieldJson(field: DescField, value: JsonValue): JsonValue {
  if (field.fieldKind === 'list' && Array.isArray(value)) return value.map((item) => itemJson(field, item))
  return itemJson(field, value)
}

function itemJson(field: DescField, value: JsonValue): JsonValue {
  if (field.message !== undefined) return protoJson(field.message, value)
  if (field.enum !== undefined && typeof value === 'string') {
    throw new Error(`${field.toString()} is "${value}": in OTLP's JSON an enum is its number`)
  }
  return idLengths.has(field.name) && typeof value === 'string' ? base64(field, value) : value
}

function base64(field: DescField, id: string): string {
  if (!/^(?:[0-9a-f]{2})*$/i.test(id)) throw new Error(`${field.toString()} is "${id}", not hex digits`)
  return Buffer.from(id, 'hex').toString('base64')
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
