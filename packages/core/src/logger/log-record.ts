import { type ContextFields, Fields, type Scalar } from '../context/fields.js'
import type { AttributeKeys } from './attribute-keys.js'
import { addAttributes } from './attributes.js'
import { contextOf, type Entry, ownAttributes } from './entry.js'
import { eventName } from './event-name.js'
import { type Level, type LevelName, levelOf } from './level.js'

/** A value that an OpenTelemetry attribute may have. */
export type AttributeValue = Scalar | readonly Scalar[]

/** One record as sinks get it: named, cleaned, redacted. */
export interface LogRecord {
  /** Milliseconds since the epoch. */
  time: number
  level: Level
  /** The event as it was written. */
  event: string
  /** Domain and event in snake case (R7.2). */
  eventName: string
  logger?: string
  /** The call's, the bound and the baggage's attributes; nested values as compact JSON (R7.5). */
  attributes: Record<string, AttributeValue>
  context: Readonly<ContextFields>
  traceId?: string
  spanId?: string
  /** W3C trace flags of that span; 1 is sampled. */
  traceFlags?: number
  replayed?: true
}

/** Where records go besides the console. A sink that throws loses the record, never the caller. */
export interface LogSink {
  /** Lowest level it gets; default `LOG_EXPORT_LEVEL`. */
  readonly level?: LevelName
  /** Asked before a record is made, with the logger's name and the event as written; default: it wants all. */
  enabled?(logger: string, event: string): boolean
  write(record: LogRecord): void
  flush?(): Promise<void>
  shutdown?(): Promise<void>
}

/** Builds the record of an entry; only where a sink wants one. */
export function toLogRecord(entry: Entry, keys: AttributeKeys): LogRecord {
  const attributes = ownAttributes(entry, keys)
  const context = contextOf(entry.scope, keys)
  for (const name in entry.baggage) {
    if (!(name in attributes) && !(name in context)) attributes[name] = entry.baggage[name]
  }
  const { name } = entry.source
  const record = {
    time: entry.time,
    level: levelOf(entry.severity),
    event: entry.event,
    eventName: eventName(name, entry.event),
  } as LogRecord
  if (name !== '') record.logger = name
  record.attributes = exportable(attributes)
  record.context = context
  if (entry.trace !== undefined) {
    record.traceId = entry.trace.traceId
    record.spanId = entry.trace.spanId
    record.traceFlags = entry.trace.traceFlags
  }
  if (entry.replayed) record.replayed = true
  return record
}

/** Attributes of a span as records have them: named, cleaned, redacted (R7.4, R7.5, R7.11). */
export function spanAttributes(attrs: object, keys: AttributeKeys): Record<string, AttributeValue> {
  const attributes = new Fields()
  addAttributes(attributes, attrs, keys)
  return exportable(attributes)
}

/** Brings values to those that an attribute may have, in place. */
function exportable(attributes: Record<string, unknown>): Record<string, AttributeValue> {
  for (const name in attributes) {
    const given = attributes[name]
    const value = attributeValue(given)
    if (value === undefined) delete attributes[name]
    else if (value !== given) attributes[name] = value
  }
  return attributes as Record<string, AttributeValue>
}

function attributeValue(value: unknown): AttributeValue | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value !== 'object') return value as Scalar
  return Array.isArray(value) && isHomogeneous(value) ? value : JSON.stringify(value)
}

function isHomogeneous(list: readonly unknown[]): boolean {
  const kind = typeof list[0]
  return list.length === 0 || (kind !== 'object' && list.every((item) => typeof item === kind))
}
