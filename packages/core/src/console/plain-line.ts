import type { AttributeKeys } from '../logger/attribute-keys.js'
import { allAttributes, type Entry } from '../logger/entry.js'
import { levelOf } from '../logger/level.js'
import { isoTime } from './iso-time.js'
import { textName, textValue } from './text-value.js'

/** `<timestamp> <level> <logger> <event> key=value …`, for `STRUCTURED_LOGS_ENABLED=false` (R1.4). */
export function plainLine(entry: Entry, keys: AttributeKeys): string {
  const parts = [isoTime(entry.time), levelOf(entry.severity)]
  parts.push(textName(entry.source.name) || '-', textName(entry.event))
  const attributes = allAttributes(entry, keys)
  for (const name in attributes) parts.push(`${textName(name)}=${textValue(attributes[name])}`)
  if (entry.trace !== undefined)
    parts.push(`trace_id=${entry.trace.traceId}`, `span_id=${entry.trace.spanId}`)
  return `${parts.join(' ')}\n`
}
