import type { LogRecord } from '@throughline/core'
import { fieldsText, type Sighting, type Wording } from './sighting.js'

export const RECORDS: Wording = {
  one: 'record',
  many: 'records',
  named: 'of that event',
  nothing: 'Nothing was logged.',
}

/**
 * A record for whoever asks for an event, given as it was written or with its domain.
 *
 * Its fields are attributes over context, each key once (R7.6), with the record's own.
 */
export function recordSighting(record: LogRecord, event: string): Sighting {
  const { level, eventName, context, attributes } = record
  const own = { level, logger: record.logger, trace_id: record.traceId, span_id: record.spanId }
  return {
    name: eventName,
    isNamed: record.event === event || eventName === event,
    fields: { ...context, ...attributes, ...own },
    text: () => `${level} ${eventName}${fieldsText({ ...context, ...attributes })}`,
  }
}
