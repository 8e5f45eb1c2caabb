import type { LogRecord } from '@throughline/core'
import { activeFrame, dottedKey, slot } from '@throughline/core/binding'

const names = new WeakMap<LogRecord, ReadonlySet<string>>()

/** Remembers which attributes of a record may be entries of W3C baggage, while the line is being written. */
export function noteBaggage(record: LogRecord): void {
  const entries = slot.activeTrace?.baggage(activeFrame())
  if (entries !== undefined) names.set(record, new Set([...entries].map(([name]) => dottedKey(name))))
}

/** Whether an attribute may be an entry of baggage: in a record both stand side by side. */
export function isBaggage(record: LogRecord, name: string): boolean {
  return typeof record.attributes[name] === 'string' && names.get(record)?.has(name) === true
}
