import type { HrTime, SpanContext } from '@opentelemetry/api'
import { type LogAttributes, SeverityNumber } from '@opentelemetry/api-logs'
import type { InstrumentationScope } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { Level, LogRecord } from '@throughline/core'

/** OpenTelemetry's severity numbers (R7.3). */
export const SEVERITY_NUMBERS: Readonly<Record<Level, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
}

/** What all records of a process have in common. */
export interface RecordOrigin {
  readonly resource: Resource
  readonly scope: InstrumentationScope
}

/**
 * A record as exporters read it.
 *
 * The SDK's own checks each attribute and remembers each object, because anybody may change it on the way; ours comes
 * clean from core, and nobody does.
 */
export class ExportedRecord implements ReadableLogRecord {
  readonly body: string
  readonly eventName: string
  readonly severityNumber: SeverityNumber
  readonly severityText: string
  readonly spanContext: SpanContext | undefined
  readonly resource: Resource
  readonly instrumentationScope: InstrumentationScope
  readonly droppedAttributesCount = 0
  readonly #time: number
  readonly #observed: number

  constructor(
    record: LogRecord,
    readonly attributes: LogAttributes,
    origin: RecordOrigin,
    observed: number,
  ) {
    this.body = record.event
    this.eventName = record.eventName
    this.severityNumber = SEVERITY_NUMBERS[record.level]
    this.severityText = record.level
    this.spanContext = spanContextOf(record)
    this.resource = origin.resource
    this.instrumentationScope = origin.scope
    this.#time = record.time
    this.#observed = observed
  }

  get hrTime(): HrTime {
    return hrTimeOf(this.#time)
  }

  get hrTimeObserved(): HrTime {
    return hrTimeOf(this.#observed)
  }
}

/** The span of a record; undefined outside any. */
export function spanContextOf({ traceId, spanId, traceFlags = 0 }: LogRecord): SpanContext | undefined {
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId, traceFlags }
}

function hrTimeOf(ms: number): HrTime {
  const seconds = Math.trunc(ms / 1_000)
  return [seconds, Math.round((ms - seconds * 1_000) * 1_000_000)]
}
