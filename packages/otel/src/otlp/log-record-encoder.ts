import type { ExportedRecord } from '../logs/exported-record.js'
import { SEVERITY_NUMBERS } from '../logs/severity.js'
import type { AttributeEncoder } from './attribute-encoder.js'
import { byOrigin } from './by-origin.js'
import { type EncodedRequest, ExportRequestEncoder, type ItemEncoder } from './export-request.js'
import type { ProtobufWriter } from './protobuf-writer.js'
import { writeUnixNano } from './unix-nano.js'

const LOG_RECORD = {
  timeUnixNano: 1,
  severityNumber: 2,
  severityText: 3,
  body: 5,
  attributes: 6,
  flags: 8,
  traceId: 9,
  spanId: 10,
  observedTimeUnixNano: 11,
  eventName: 12,
}

/** The length of most records takes two bytes. */
const RECORD_ROOM = 2

/**
 * Makes what encodes our records as an ExportLogsServiceRequest.
 *
 * @example
 * const { body, skipped } = createLogRecordEncoder()(records)
 */
export function createLogRecordEncoder(): (records: readonly ExportedRecord[]) => EncodedRequest {
  const encoder = new ExportRequestEncoder<ExportedRecord>(
    (writer, attributes) => new LogRecordEncoder(writer, attributes),
  )
  return (records) => encoder.encode(byOrigin(records), records.length)
}

class LogRecordEncoder implements ItemEncoder<ExportedRecord> {
  /** All lines of a scope have the same context: its attributes are encoded once a request. */
  readonly #contexts = new Map<object, Uint8Array>()

  constructor(
    private readonly writer: ProtobufWriter,
    private readonly attributes: AttributeEncoder,
  ) {}

  encode(field: number, exported: ExportedRecord): void {
    const { writer } = this
    const { record, observed } = exported
    const { level, eventName, traceId, spanId, traceFlags } = record
    const start = writer.begin(field, RECORD_ROOM)
    writeEpochMs(writer, LOG_RECORD.timeUnixNano, record.time)
    writer.uint32(LOG_RECORD.severityNumber, SEVERITY_NUMBERS[level])
    writer.string(LOG_RECORD.severityText, level)
    this.attributes.value(LOG_RECORD.body, record.event)
    this.#attributes(exported)
    if (traceId !== undefined && spanId !== undefined) {
      if (traceFlags) writer.fixed32(LOG_RECORD.flags, traceFlags)
      writer.hex(LOG_RECORD.traceId, traceId, 16)
      writer.hex(LOG_RECORD.spanId, spanId, 8)
    }
    writeEpochMs(writer, LOG_RECORD.observedTimeUnixNano, observed)
    if (eventName) writer.string(LOG_RECORD.eventName, eventName)
    writer.end(start, RECORD_ROOM)
  }

  done(): void {
    this.#contexts.clear()
  }

  /** Each key once: the event's name over the call's attributes, and those over the context. */
  #attributes({ record, nameAttribute }: ExportedRecord): void {
    const { context, eventName } = record
    const own = record.attributes
    let hidden = nameAttribute !== null && Object.hasOwn(context, nameAttribute)
    for (const key of Object.keys(own)) {
      if (key === nameAttribute) continue
      hidden ||= Object.hasOwn(context, key)
      this.attributes.attribute(LOG_RECORD.attributes, key, own[key])
    }
    if (nameAttribute !== null) this.attributes.attribute(LOG_RECORD.attributes, nameAttribute, eventName)
    if (!hidden) return this.#context(context)
    for (const key of Object.keys(context)) {
      if (key !== nameAttribute && !Object.hasOwn(own, key)) {
        this.attributes.attribute(LOG_RECORD.attributes, key, context[key])
      }
    }
  }

  #context(context: ExportedRecord['record']['context']): void {
    const known = this.#contexts.get(context)
    if (known !== undefined) return this.writer.encoded(known)
    const start = this.writer.position
    this.attributes.attributes(LOG_RECORD.attributes, context)
    this.#contexts.set(context, this.writer.copyFrom(start))
  }
}

function writeEpochMs(writer: ProtobufWriter, field: number, ms: number): void {
  const seconds = Math.trunc(ms / 1_000)
  writeUnixNano(writer, field, seconds, Math.round((ms - seconds * 1_000) * 1_000_000))
}
