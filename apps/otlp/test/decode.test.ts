import { toBinary } from '@bufbuild/protobuf'
import { describe, expect, it } from '@jest/globals'
import { decodeRequest, encodingOf, logRecordsOf, metricsOf, spansOf, type Signal } from '../src/index.js'
import { ExportTraceServiceRequestSchema } from '../src/proto/opentelemetry/proto/collector/trace/v1/trace_service_pb.js'
import { example, spanBytes, spanMessage } from './client.js'

const scope = { name: 'my.library', version: '1.0.0' }
const resource = { 'service.name': 'my.service' }

describe('decodeRequest', () => {
  it('decodes the example of a trace', () => {
    const { message } = decodeRequest('traces', 'json', Buffer.from(example('trace')))

    expect(spansOf(message)).toEqual([
      {
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: 'eee19b7ec3c1b174',
        parentSpanId: 'eee19b7ec3c1b173',
        name: "I'm a server span",
        kind: 'SERVER',
        attributes: { 'my.span.attr': 'some value' },
        events: [],
        links: [],
        status: { code: 'UNSET', message: '' },
        traceState: '',
        flags: 0,
        scope,
        resource,
        startTime: 1544712660000000000n,
        endTime: 1544712661000000000n,
      },
    ])
  })

  it('decodes the example of logs', () => {
    const { message } = decodeRequest('logs', 'json', Buffer.from(example('logs')))

    expect(logRecordsOf(message)).toEqual([
      {
        body: 'Example log record',
        eventName: '',
        severityNumber: 10,
        severityText: 'Information',
        attributes: {
          'string.attribute': 'some string',
          'boolean.attribute': true,
          'int.attribute': 10,
          'double.attribute': 637.704,
          'array.attribute': ['many', 'values'],
          'map.attribute': { 'some.map.key': 'some value' },
        },
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: 'eee19b7ec3c1b174',
        flags: 0,
        time: 1544712660300000000n,
        observedTime: 1544712660300000000n,
        scope,
        resource,
      },
    ])
  })

  it('decodes the example of events', () => {
    const { message } = decodeRequest('logs', 'json', Buffer.from(example('events')))

    expect(logRecordsOf(message)).toMatchObject([
      {
        body: {
          type: 0,
          url: 'https://www.guidgenerator.com/online-guid-generator.aspx',
          referrer: 'https://wwww.google.com',
          title: 'Free Online GUID Generator',
        },
        eventName: 'browser.page_view',
        traceId: undefined,
      },
    ])
  })

  it('decodes the example of metrics', () => {
    const { message } = decodeRequest('metrics', 'json', Buffer.from(example('metrics')))
    const metric = (name: string) => ({ name: `my.${name}`, unit: '1', scope, resource })
    const delta = { temporality: 'DELTA' }
    const attributes = (name: string) => ({ [`my.${name}.attr`]: 'some value' })

    expect(metricsOf(message)).toEqual([
      {
        ...metric('counter'),
        ...delta,
        description: 'I am a Counter',
        type: 'sum',
        monotonic: true,
        points: [{ attributes: attributes('counter'), value: 5, exemplars: [] }],
      },
      {
        ...metric('gauge'),
        description: 'I am a Gauge',
        type: 'gauge',
        points: [{ attributes: attributes('gauge'), value: 10, exemplars: [] }],
      },
      {
        ...metric('histogram'),
        ...delta,
        description: 'I am a Histogram',
        type: 'histogram',
        points: [
          {
            attributes: attributes('histogram'),
            count: 2,
            sum: 2,
            min: 0,
            max: 2,
            buckets: [1, 1],
            bounds: [1],
            exemplars: [],
          },
        ],
      },
      {
        ...metric('exponential.histogram'),
        ...delta,
        description: 'I am an Exponential Histogram',
        type: 'exponentialHistogram',
        points: [
          {
            attributes: attributes('exponential.histogram'),
            count: 3,
            sum: 10,
            min: 0,
            max: 5,
            scale: 0,
            zeroCount: 1,
            zeroThreshold: 0,
            positive: { offset: 1, buckets: [0, 2] },
            negative: { offset: 0, buckets: [] },
            exemplars: [],
          },
        ],
      },
    ])
  })

  it('keeps unknown fields of protobuf', () => {
    // Field 1000, a varint with the value 5, behind a whole message.
    const body = Buffer.concat([spanBytes('known'), Buffer.from([0xc0, 0x3e, 0x05])])

    const { message } = decodeRequest('traces', 'protobuf', body)

    expect(spansOf(message)).toMatchObject([{ name: 'known' }])
    expect(Buffer.from(toBinary(ExportTraceServiceRequestSchema, message))).toEqual(body)
  })

  it('ignores unknown fields of JSON, and takes names in snake_case for such', () => {
    const span = { name: 'known', spanId: 'EEE19B7EC3C1B174', trace_id: 'not hex', later: { kind: 'x' } }
    const json = JSON.stringify({ later: 1, resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })

    const { message } = decodeRequest('traces', 'json', Buffer.from(json))

    expect(spansOf(message)).toMatchObject([{ name: 'known', spanId: 'eee19b7ec3c1b174', traceId: '' }])
  })

  it.each([
    ['an enum by its name', { kind: 'SPAN_KIND_SERVER' }, 'an enum is its number'],
    ['an id in base64', { traceId: 'W47/95gDgQPSabYzgT/GDA==' }, 'not hex digits'],
    ['a short id', { spanId: 'abcd' }, '2 bytes, not 8'],
    ['a wrong type', { name: 5 }, 'name'],
  ])('refuses JSON with %s', (_what, span, problem) => {
    const json = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })

    expect(() => decodeRequest('traces', 'json', Buffer.from(json))).toThrow(problem)
  })

  it.each<[string, 'json' | 'protobuf', Uint8Array]>([
    ['JSON that is cut off', 'json', Buffer.from('{"resourceSpans":[')],
    ['JSON that is no object', 'json', Buffer.from('[]')],
    ['JSON that is not UTF-8', 'json', Buffer.from([0x7b, 0xff, 0x7d])],
    ['protobuf that is cut off', 'protobuf', spanBytes().subarray(0, -3)],
    ['text', 'protobuf', Buffer.from('hello collector')],
    [
      'a string that is not UTF-8',
      'protobuf',
      Buffer.from(spanBytes('xx').map((byte) => (byte === 0x78 ? 0xff : byte))),
    ],
  ])('refuses %s', (_what, encoding, body) => {
    expect(() => decodeRequest('traces', encoding, body)).toThrow()
  })

  it('refuses an id of a wrong length in protobuf', () => {
    const message = spanMessage('short')
    message.resourceSpans[0]!.scopeSpans[0]!.spans[0]!.traceId = Buffer.alloc(15, 1)
    const body = toBinary(ExportTraceServiceRequestSchema, message)

    expect(() => decodeRequest('traces', 'protobuf', body)).toThrow('15 bytes, not 16')
  })

  it.each<[Signal, string]>([
    ['traces', 'resourceSpans'],
    ['logs', 'resourceLogs'],
    ['metrics', 'resourceMetrics'],
  ])('takes an empty message of %s', (signal, field) => {
    expect(decodeRequest(signal, 'protobuf', new Uint8Array())).toMatchObject({
      signal,
      message: { [field]: [] },
    })
    expect(decodeRequest(signal, 'json', Buffer.from('{}'))).toMatchObject({
      signal,
      message: { [field]: [] },
    })
  })

  it('takes values that are nested deep, and refuses bottomless ones', () => {
    expect(() => decodeRequest('traces', 'json', nested(200))).not.toThrow()
    expect(() => decodeRequest('traces', 'json', nested(100_000))).toThrow()
    expect(() => decodeRequest('traces', 'protobuf', binaryNested(200))).not.toThrow()
    expect(() => decodeRequest('traces', 'protobuf', binaryNested(20_000))).toThrow('recursion')
  })
})

describe('encodingOf', () => {
  it.each([
    ['application/x-protobuf', 'protobuf'],
    ['application/json', 'json'],
    ['Application/JSON; charset=utf-8', 'json'],
    ['application/protobuf', undefined],
    ['text/plain', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('takes %s for %s', (contentType, encoding) => {
    expect(encodingOf(contentType)).toBe(encoding)
  })
})

function nested(levels: number): Buffer {
  const value = '{"arrayValue":{"values":['.repeat(levels) + ']}}'.repeat(levels)
  const span = `{"attributes":[{"key":"deep","value":${value}}]}`
  return Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`)
}

function binaryNested(levels: number): Uint8Array {
  // Built from the inside: AnyValue.array_value is field 5, ArrayValue.values is field 1.
  let value: Buffer = Buffer.alloc(0)
  for (let level = 0; level < levels; level += 1) value = field(5, field(1, value))
  // resource_spans, resource, attributes.
  return field(1, field(1, field(1, Buffer.concat([field(1, Buffer.from('deep')), field(2, value)]))))
}

function field(number: number, content: Buffer): Buffer {
  const length: number[] = []
  for (let rest = content.length; ; rest = Math.floor(rest / 128)) {
    length.push(rest < 128 ? rest : (rest % 128) | 0x80)
    if (rest < 128) break
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content])
}
