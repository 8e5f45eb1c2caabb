import { describe, expect, it } from '@jest/globals'
import { createTraceState, SpanKind } from '@opentelemetry/api'
import { SeverityNumber } from '@opentelemetry/api-logs'
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { decodeRequest } from '@throughline/otlp'
import { ExportedRecord } from '../../src/logs/exported-record.js'
import { createLogRecordEncoder } from '../../src/otlp/log-record-encoder.js'
import { createSpanEncoder } from '../../src/otlp/span-encoder.js'
import { record } from '../export/harness.js'
import { RESOURCE, SCOPE, span } from './harness.js'
import { Random } from './random.js'

const RUNS = 150

const KINDS = [SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER]

const RESOURCES = [
  RESOURCE,
  resourceFromAttributes({ 'service.name': 'other' }, { schemaUrl: 'https://example.com/1' }),
]
const SCOPES = [
  SCOPE,
  { name: '' },
  { name: 'Zürich', version: '', schemaUrl: 'https://example.com/2' },
  { name: 'rich', attributes: { a: 1 }, droppedAttributesCount: 3 },
]

function spanContext(random: Random) {
  return {
    traceId: random.hex(32),
    spanId: random.hex(16),
    traceFlags: random.pick([0, 1, 3, 255]),
    ...(random.below(2) === 0 && { isRemote: random.below(2) === 0 }),
    ...(random.below(3) === 0 && { traceState: createTraceState('a=1,b=2') }),
  }
}

function randomSpan(random: Random): ReadableSpan {
  const context = spanContext(random)
  return span({
    name: random.string(),
    kind: random.pick(KINDS),
    spanContext: () => context,
    ...(random.below(2) === 0 && { parentSpanContext: spanContext(random) }),
    startTime: random.time(),
    endTime: random.time(),
    status: random.pick([{ code: 0 }, { code: 1 }, { code: 2, message: random.string() }]),
    attributes: random.attributes() as ReadableSpan['attributes'],
    droppedAttributesCount: random.pick([0, 1, 300]),
    events: random.list(3, () => ({
      name: random.string(),
      time: random.time(),
      attributes: random.attributes() as ReadableSpan['attributes'],
      droppedAttributesCount: random.below(3),
    })),
    droppedEventsCount: random.below(3),
    links: random.list(3, () => ({
      context: spanContext(random),
      ...(random.below(2) === 0 && { attributes: random.attributes() as ReadableSpan['attributes'] }),
    })),
    droppedLinksCount: random.below(3),
    resource: random.pick(RESOURCES),
    instrumentationScope: random.pick(SCOPES),
  })
}

describe('createSpanEncoder', () => {
  it('says what the official serializer says', () => {
    const encode = createSpanEncoder()
    for (let seed = 0; seed < RUNS; seed++) {
      const random = new Random(seed)
      const spans = random.list(6, () => randomSpan(random))
      const { body = new Uint8Array(), skipped } = encode(spans)
      const official = ProtobufTraceSerializer.serializeRequest(spans) as Uint8Array
      expect(skipped).toBe(0)
      expect(decodeRequest('traces', 'protobuf', body).message).toEqual(
        decodeRequest('traces', 'protobuf', official).message,
      )
    }
  })
})

/** A record as the SDK would have it. */
function official({ record, nameAttribute, observed }: ExportedRecord): ReadableLogRecord {
  const { time, event, eventName, level, traceId, spanId, traceFlags = 0, context, attributes } = record
  const hrTime = (ms: number): [number, number] => [Math.trunc(ms / 1_000), (ms % 1_000) * 1_000_000]
  return {
    hrTime: hrTime(time),
    hrTimeObserved: hrTime(observed),
    body: event,
    eventName,
    severityText: level,
    severityNumber: level === 'warn' ? SeverityNumber.WARN : SeverityNumber.INFO,
    ...(traceId !== undefined && spanId !== undefined && { spanContext: { traceId, spanId, traceFlags } }),
    attributes: {
      ...context,
      ...attributes,
      ...(nameAttribute !== null && { [nameAttribute]: eventName }),
    } as ReadableLogRecord['attributes'],
    resource: RESOURCE,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
  }
}

/** Attributes have no order: ours come before the context's. */
function decodedLogs(body: Uint8Array) {
  const { message } = decodeRequest('logs', 'protobuf', body)
  for (const { scopeLogs } of message.resourceLogs)
    for (const { logRecords } of scopeLogs)
      for (const { attributes } of logRecords)
        attributes.sort(({ key: a }, { key: b }) => Number(a > b) - Number(a < b))
  return message
}

describe('createLogRecordEncoder', () => {
  it('says what the official serializer says of context, attributes and name together', () => {
    const encode = createLogRecordEncoder()
    for (let seed = 0; seed < RUNS; seed++) {
      const random = new Random(seed)
      const contexts = [{}, random.attributes(), random.attributes()]
      const records = random.list(8, () => {
        const event = random.string()
        const given = record({
          time: random.pick([0, 1, 1_700_000_000_123, 4_294_967_296_000]),
          level: random.pick(['info', 'warn']),
          event,
          eventName: random.pick([event, 'draft.pick_made']),
          attributes: random.attributes() as never,
          context: random.pick(contexts) as never,
          ...(random.below(2) === 0 && {
            traceId: random.hex(32),
            spanId: random.hex(16),
            traceFlags: random.below(2),
          }),
        })
        const name = random.pick(['event.name', 'GET', '__proto__', null])
        return new ExportedRecord(given, name, 1_700_000_000_456, { resource: RESOURCE, scope: SCOPE })
      })
      const { body = new Uint8Array(), skipped } = encode(records)
      const theirs = ProtobufLogsSerializer.serializeRequest(records.map(official)) as Uint8Array
      expect(skipped).toBe(0)
      expect(decodedLogs(body)).toEqual(decodedLogs(theirs))
    }
  })
})
