import { type AnyValue, type KeyValue, type LogRecord, type Span } from '@throughline/otlp'
import { idOf } from './ids.js'

/** SDKs stop at 128 attributes, events and links; whoever sends more than this means no good. */
const MAX_ITEMS = 1024
const MAX_DEPTH = 32
export const MAX_RECORD_BYTES = 2 ** 20

/** Why a record is not taken; undefined where it is. */
export function refusalOf(record: LogRecord | Span): string | undefined {
  if (record.$typeName === 'opentelemetry.proto.logs.v1.LogRecord') {
    return attributesRefusal(record.attributes) ?? valueRefusal(record.body)
  }
  if (record.events.length > MAX_ITEMS || record.links.length > MAX_ITEMS) {
    return `a span has more than ${MAX_ITEMS} events or links`
  }
  if (idOf(record.traceId, 16) === '' || idOf(record.spanId, 8) === '') return 'a span has no valid id'
  const attributes = [record.attributes, ...record.events.map((event) => event.attributes)]
  return firstOf(attributes, attributesRefusal)
}

export function attributesRefusal(attributes: readonly KeyValue[]): string | undefined {
  if (attributes.length > MAX_ITEMS) return `a record has more than ${MAX_ITEMS} attributes`
  return firstOf(attributes, ({ value }) => valueRefusal(value))
}

function valueRefusal(value: AnyValue | undefined): string | undefined {
  return isDeeper(value, MAX_DEPTH) ? `a value is nested deeper than ${MAX_DEPTH} levels` : undefined
}

function isDeeper(any: AnyValue | undefined, levels: number): boolean {
  const value = any?.value
  if (value?.case === 'arrayValue') {
    return levels === 0 || value.value.values.some((item) => isDeeper(item, levels - 1))
  }
  if (value?.case === 'kvlistValue') {
    return levels === 0 || value.value.values.some((item) => isDeeper(item.value, levels - 1))
  }
  return false
}

function firstOf<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
