import type { Link, SpanContext } from '@opentelemetry/api'
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace'
import type { AttributeEncoder } from './attribute-encoder.js'
import { byOrigin } from './by-origin.js'
import { type EncodedRequest, ExportRequestEncoder, type ItemEncoder } from './export-request.js'
import type { ProtobufWriter } from './protobuf-writer.js'
import { writeUnixNano } from './unix-nano.js'

const SPAN = {
  traceId: 1,
  spanId: 2,
  traceState: 3,
  parentSpanId: 4,
  name: 5,
  kind: 6,
  startTimeUnixNano: 7,
  endTimeUnixNano: 8,
  attributes: 9,
  droppedAttributesCount: 10,
  events: 11,
  droppedEventsCount: 12,
  links: 13,
  droppedLinksCount: 14,
  status: 15,
  flags: 16,
}
const EVENT = { timeUnixNano: 1, name: 2, attributes: 3, droppedAttributesCount: 4 }
const LINK = { traceId: 1, spanId: 2, traceState: 3, attributes: 4, droppedAttributesCount: 5, flags: 6 }
const STATUS = { message: 2, code: 3 }

/** SpanFlags of OTLP: beside W3C's, whether it is known that the parent is remote, and whether it is. */
const HAS_IS_REMOTE = 0x100
const IS_REMOTE = 0x200

/** The length of most spans takes two bytes, that of most events one. */
const SPAN_ROOM = 2

/**
 * Makes what encodes spans as an ExportTraceServiceRequest.
 *
 * @example
 * const { body, skipped } = createSpanEncoder()(spans)
 */
export function createSpanEncoder(): (spans: readonly ReadableSpan[]) => EncodedRequest {
  const encoder = new ExportRequestEncoder<ReadableSpan>(
    (writer, attributes) => new SpanEncoder(writer, attributes),
  )
  return (spans) => encoder.encode(byOrigin(spans), spans.length)
}

class SpanEncoder implements ItemEncoder<ReadableSpan> {
  constructor(
    private readonly writer: ProtobufWriter,
    private readonly attributes: AttributeEncoder,
  ) {}

  encode(field: number, span: ReadableSpan): void {
    const { writer } = this
    const start = writer.begin(field, SPAN_ROOM)
    const context = span.spanContext()
    const { parentSpanContext, startTime, endTime } = span
    this.#context(context)
    if (parentSpanContext?.spanId) writer.hex(SPAN.parentSpanId, parentSpanContext.spanId, 8)
    writer.string(SPAN.name, span.name)
    // The API counts kinds from 0, OTLP from 1.
    writer.uint32(SPAN.kind, span.kind + 1)
    writeUnixNano(writer, SPAN.startTimeUnixNano, startTime[0], startTime[1])
    writeUnixNano(writer, SPAN.endTimeUnixNano, endTime[0], endTime[1])
    this.attributes.attributes(SPAN.attributes, span.attributes)
    this.#count(SPAN.droppedAttributesCount, span.droppedAttributesCount)
    for (const event of span.events) this.#event(event)
    this.#count(SPAN.droppedEventsCount, span.droppedEventsCount)
    for (const link of span.links) this.#link(link)
    this.#count(SPAN.droppedLinksCount, span.droppedLinksCount)
    this.#status(span.status)
    writer.fixed32(SPAN.flags, flags(context.traceFlags, parentSpanContext?.isRemote))
    writer.end(start, SPAN_ROOM)
  }

  /** The first fields of a span and of a link, which have the same numbers. */
  #context({ traceId, spanId, traceState }: SpanContext): void {
    const { writer } = this
    writer.hex(SPAN.traceId, traceId, 16)
    writer.hex(SPAN.spanId, spanId, 8)
    const state = traceState?.serialize()
    if (state) writer.string(SPAN.traceState, state)
  }

  #event({ time, name, attributes, droppedAttributesCount }: TimedEvent): void {
    const { writer } = this
    const start = writer.begin(SPAN.events)
    writeUnixNano(writer, EVENT.timeUnixNano, time[0], time[1])
    writer.string(EVENT.name, name)
    if (attributes) this.attributes.attributes(EVENT.attributes, attributes)
    this.#count(EVENT.droppedAttributesCount, droppedAttributesCount)
    writer.end(start)
  }

  #link({ context, attributes, droppedAttributesCount }: Link): void {
    const { writer } = this
    const start = writer.begin(SPAN.links)
    this.#context(context)
    if (attributes) this.attributes.attributes(LINK.attributes, attributes)
    this.#count(LINK.droppedAttributesCount, droppedAttributesCount)
    writer.fixed32(LINK.flags, flags(context.traceFlags, context.isRemote))
    writer.end(start)
  }

  #status({ code, message }: ReadableSpan['status']): void {
    const { writer } = this
    const start = writer.begin(SPAN.status)
    if (message) writer.string(STATUS.message, message)
    this.#count(STATUS.code, code)
    writer.end(start)
  }

  /** Nothing for 0, which is what a reader takes an absent number for. */
  #count(field: number, count: number | undefined): void {
    if (count) this.writer.uint32(field, count)
  }
}

function flags(traceFlags: number, isRemote = false): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (isRemote ? IS_REMOTE : 0)
}
