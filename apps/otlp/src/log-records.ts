import { plainAttributes, plainValue, type OtlpAttributes, type OtlpValue } from './attributes.js'
import { optionalHex } from './ids.js'
import { plainResource, plainScope, type OtlpScope } from './origin.js'
import { type ResourceLogs } from './proto/opentelemetry/proto/logs/v1/logs_pb.js'

/** A log record in plain values: ids in hex, times in nanoseconds since 1970 (0 when absent). */
export interface OtlpLogRecord {
  readonly body: OtlpValue
  readonly eventName: string
  readonly severityNumber: number
  readonly severityText: string
  readonly attributes: OtlpAttributes
  readonly traceId: string | undefined
  readonly spanId: string | undefined
  readonly flags: number
  readonly time: bigint
  readonly observedTime: bigint
  readonly scope: OtlpScope
  readonly resource: OtlpAttributes
}

/** The log records of a message, in its order. */
export function logRecordsOf({ resourceLogs }: { resourceLogs: readonly ResourceLogs[] }): OtlpLogRecord[] {
  return resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((record) => ({
        body: plainValue(record.body),
        eventName: record.eventName,
        severityNumber: record.severityNumber,
        severityText: record.severityText,
        attributes: plainAttributes(record.attributes),
        traceId: optionalHex(record.traceId),
        spanId: optionalHex(record.spanId),
        flags: record.flags,
        time: record.timeUnixNano,
        observedTime: record.observedTimeUnixNano,
        scope: plainScope(scope),
        resource: plainResource(resource),
      })),
    ),
  )
}
