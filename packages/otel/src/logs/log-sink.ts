import { ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { LogRecord, LogSink } from '@throughline/core'
import { slot } from '@throughline/core/binding'
import type { LogProcessor } from '../export/log-processor.js'
import { SCOPE } from '../instrumentation-scope.js'
import { createEventFilter } from './event-filter.js'
import { ExportedRecord, type RecordOrigin } from './exported-record.js'
import { type ForeignLogger, foreignLogger } from './foreign-logger.js'
import { SEVERITY_NUMBERS } from './severity.js'

/** The options of `initTelemetry` that the sink asks for at each record: they may come later. */
export interface LogSinkOptions {
  readonly eventNameAttribute?: string | null | undefined
  readonly spanEvents?: boolean | undefined
}

export interface LogSinkParts {
  readonly resource: Resource
  /** Where records go; undefined writes span events only. A provider that another set-up has registered wins. */
  readonly processor: LogProcessor | undefined
  /** Items of `LOG_EXPORT_EVENTS`. */
  readonly exportEvents: readonly string[]
  readonly options: () => LogSinkOptions
}

const DEFAULT_NAME_ATTRIBUTE = 'event.name'
const OWN_LOGGER = 'throughline'

/**
 * Takes core's records to OTLP and onto the active span (R7.7, R7.8, R7.13, R7.14).
 *
 * @example
 * const sink = createLogSink({ resource, processor, exportEvents: ['*'], options: () => currentOptions().log })
 */
export function createLogSink({ resource, processor, exportEvents, options }: LogSinkParts): LogSink {
  const { accepts, problems } = createEventFilter(exportEvents)
  for (const { value, message } of problems) {
    slot.runtime?.insist('configuration_problem', {
      variable: 'LOG_EXPORT_EVENTS',
      value,
      message: `LOG_EXPORT_EVENTS="${value}" ${message}`,
    })
  }
  const foreign = processor === undefined ? undefined : foreignLogger(SCOPE)
  return new OtelLogSink(
    { resource, scope: SCOPE },
    foreign === undefined ? processor : undefined,
    foreign,
    accepts,
    options,
  )
}

class OtelLogSink implements LogSink {
  constructor(
    private readonly origin: RecordOrigin,
    private readonly processor: LogProcessor | undefined,
    private readonly foreign: ForeignLogger | undefined,
    private readonly accepts: (eventName: string) => boolean,
    private readonly options: () => LogSinkOptions,
  ) {}

  /** Without an export there is nothing to write but events of a span that records. */
  enabled(logger: string): boolean {
    if (this.processor !== undefined || this.foreign !== undefined) return true
    return (
      logger !== OWN_LOGGER &&
      this.options().spanEvents !== false &&
      trace.getActiveSpan()?.isRecording() === true
    )
  }

  write(record: LogRecord): void {
    if (!this.accepts(record.eventName)) return
    const { eventNameAttribute: name = DEFAULT_NAME_ATTRIBUTE, spanEvents } = this.options()
    if (record.spanId !== undefined && spanEvents !== false) addSpanEvent(record, name)
    if (this.processor !== undefined) {
      this.processor.onEmit(new ExportedRecord(record, name, Date.now(), this.origin))
    } else if (this.foreign !== undefined) emitForeign(this.foreign, record, name)
  }
}

/** An event on the span that the record belongs to, while that is recording; its context is on the span already. */
function addSpanEvent({ logger, spanId, attributes, eventName, time }: LogRecord, name: string | null): void {
  // What our own lines say of a unit, its span says itself.
  if (logger === OWN_LOGGER) return
  const span = trace.getActiveSpan()
  if (span === undefined || !span.isRecording() || span.spanContext().spanId !== spanId) return
  span.addEvent(
    eventName,
    (name === null ? { ...attributes } : { ...attributes, [name]: eventName }) as Record<string, string>,
    time,
  )
}

function emitForeign(logger: ForeignLogger, record: LogRecord, name: string | null): void {
  const spanContext = spanContextOf(record)
  logger.emit({
    eventName: record.eventName,
    severityNumber: SEVERITY_NUMBERS[record.level],
    severityText: record.level,
    body: record.event,
    timestamp: record.time,
    observedTimestamp: Date.now(),
    attributes: allAttributes(record, name),
    context: spanContext === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContext),
  })
}

/** Context below the record's own attributes, and over both the event's name, which no call replaces. */
function allAttributes(
  { context, attributes, eventName }: LogRecord,
  name: string | null,
): Record<string, unknown> {
  return { ...context, ...attributes, ...(name !== null && { [name]: eventName }) }
}

/** The span of a record; undefined outside any. */
function spanContextOf({ traceId, spanId, traceFlags = 0 }: LogRecord): SpanContext | undefined {
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId, traceFlags }
}
