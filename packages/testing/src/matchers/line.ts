import type { LogRecord } from '@throughline/core'

/** A record as one flat set of fields, the way a console line shows it. */
export type Line = Readonly<Record<string, unknown>>

/** Attributes over context, each key once (R7.6), with the record's own fields. */
export function lineOf(record: LogRecord): Line {
  return {
    ...record.context,
    ...record.attributes,
    level: record.level,
    logger: record.logger,
    trace_id: record.traceId,
    span_id: record.spanId,
  }
}

/** Whether the record is of the event, given as it was written or with its domain. */
export function isEvent(record: LogRecord, event: string): boolean {
  return record.event === event || record.eventName === event
}
