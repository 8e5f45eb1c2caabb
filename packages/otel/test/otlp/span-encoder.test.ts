import { describe, expect, it } from '@jest/globals'
import { createTraceState, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { decodeRequest } from '@throughline/otlp'
import { createSpanEncoder } from '../../src/otlp/span-encoder.js'
import { CONTEXT, sentAttributes, sentSpans, span } from './harness.js'

describe('createSpanEncoder', () => {
  it('writes all of a span', () => {
    const parentSpanContext = { ...CONTEXT, spanId: '00f067aa0ba902b7', isRemote: true }
    const traceState = createTraceState('vendor=1')
    const full = span({
      name: 'GET /drafts',
      kind: SpanKind.SERVER,
      spanContext: () => ({ ...CONTEXT, traceState }),
      parentSpanContext,
      status: { code: SpanStatusCode.ERROR, message: 'no' },
      attributes: { a: 1 },
      events: [{ name: 'event', time: [1, 2], attributes: { b: true }, droppedAttributesCount: 4 }],
      links: [{ context: { ...CONTEXT, traceState }, attributes: { c: 'd' }, droppedAttributesCount: 5 }],
      droppedAttributesCount: 1,
      droppedEventsCount: 2,
      droppedLinksCount: 3,
    })
    expect(sentSpans([full])).toEqual([
      {
        traceId: CONTEXT.traceId,
        spanId: CONTEXT.spanId,
        parentSpanId: '00f067aa0ba902b7',
        name: 'GET /drafts',
        kind: 'SERVER',
        attributes: { a: 1 },
        events: [{ name: 'event', attributes: { b: true } }],
        links: [{ traceId: CONTEXT.traceId, spanId: CONTEXT.spanId, attributes: { c: 'd' } }],
        status: { code: 'ERROR', message: 'no' },
        traceState: 'vendor=1',
        flags: 0x301,
        scope: expect.objectContaining({ name: 'scope', version: '1.2.3' }),
        resource: { 'service.name': 'test', 'process.pid': 7 },
        startTime: 1_700_000_000_123_456_789n,
        endTime: 1_700_000_001_000_000_000n,
      },
    ])
    const { body = new Uint8Array() } = createSpanEncoder()([full])
    const { message } = decodeRequest('traces', 'protobuf', body)
    expect(message.resourceSpans[0]?.scopeSpans[0]?.spans[0]).toMatchObject({
      droppedAttributesCount: 1,
      droppedEventsCount: 2,
      droppedLinksCount: 3,
      events: [{ timeUnixNano: 1_000_000_002n, droppedAttributesCount: 4 }],
      links: [{ traceState: 'vendor=1', flags: 0x101, droppedAttributesCount: 5 }],
    })
  })

  it.each([
    [SpanKind.INTERNAL, 'INTERNAL'],
    [SpanKind.SERVER, 'SERVER'],
    [SpanKind.CLIENT, 'CLIENT'],
    [SpanKind.PRODUCER, 'PRODUCER'],
    [SpanKind.CONSUMER, 'CONSUMER'],
  ])('counts kind %s of the API as %s', (kind, name) => {
    expect(sentSpans([span({ kind })])[0]?.kind).toBe(name)
  })

  it.each<[[number, number], bigint]>([
    [[0, 0], 0n],
    [[1, 999_999_999], 1_999_999_999n],
    [[4, 294_967_295], 4_294_967_295n],
    [[4, 294_967_296], 4_294_967_296n],
    [[2_147_483_648, 1], 2_147_483_648_000_000_001n],
    [[18_446_744_073, 709_551_615], 18_446_744_073_709_551_615n],
    [[-1, 0], 0n],
    [[NaN, 0], 0n],
  ])('writes the time %j as nanoseconds', (startTime, nanoseconds) => {
    expect(sentSpans([span({ startTime })])[0]?.startTime).toBe(nanoseconds)
  })

  it('keeps spans of several resources and scopes apart', () => {
    const other = { name: 'other' }
    const spans = sentSpans([span(), span({ name: 'b', instrumentationScope: other }), span({ name: 'c' })])
    expect(spans.map(({ name, scope }) => [name, scope.name])).toEqual([
      ['unit', 'scope'],
      ['c', 'scope'],
      ['b', 'other'],
    ])
  })

  it('gives nothing to send for no span', () => {
    expect(createSpanEncoder()([])).toEqual({ body: undefined, skipped: 0 })
  })
})

describe('attributes', () => {
  it.each<[string, unknown, unknown]>([
    ['an empty string', '', ''],
    ['half a surrogate pair', 'a\ud83cb', 'a\ufffdb'],
    ['a whole one', '🏈', '🏈'],
    ['a negative integer', -1, -1],
    ['the lowest integer', -(2 ** 63), -(2n ** 63n)],
    ['an integer beyond 2^53', 2 ** 53, 2n ** 53n],
    ['a number beyond int64', 2 ** 63, 2 ** 63],
    ['NaN', NaN, NaN],
    ['a fraction', -0.25, -0.25],
    [
      'a list of mixed values',
      ['a', 1, null, true, [1.5], { b: 'c' }],
      ['a', 1, null, true, [1.5], { b: 'c' }],
    ],
    ['an empty list', [], []],
    ['an empty map', {}, {}],
    ['bytes', Uint8Array.of(1, 255), Uint8Array.of(1, 255)],
    ['null', null, null],
    ['undefined', undefined, null],
    ['a bigint', 1n, null],
    ['a function', () => 1, null],
  ])('are written of %s', (_, value, expected) => {
    expect(sentAttributes({ key: value })).toEqual({ key: expected })
  })

  it('take __proto__ for a key like any other', () => {
    const attributes = sentAttributes(JSON.parse('{"__proto__":"x","nested":{"__proto__":1}}') as object)
    expect(Object.entries(attributes ?? {})).toEqual([
      ['__proto__', 'x'],
      ['nested', Object.fromEntries([['__proto__', 1]])],
    ])
  })

  it('have long and odd keys, and more keys than are remembered', () => {
    const entries = Array.from({ length: 2_500 }, (_, i): [string, number] => [`ключ.${i}`, i])
    const attributes = Object.fromEntries([...entries, ['k'.repeat(70_000), 1], ['', 2]])
    expect(sentAttributes(attributes)).toEqual(attributes)
  })

  it.each([16, 17, 126, 127, 128, 16_383, 16_384, 16_385, 65_500, 65_536, 2_097_152])(
    'are whole around the length of %i bytes, whatever bytes the characters have',
    (length) => {
      for (const unit of ['x', 'é', '日', '🏈']) {
        for (const more of [-1, 0, 1]) {
          const text = unit.repeat(Math.floor(length / Buffer.byteLength(unit))) + 'y'.repeat(more + 1)
          expect(sentAttributes({ before: 1, text, after: 2 })).toEqual({ before: 1, text, after: 2 })
        }
      }
    },
  )

  it('have 10 MB, after which a batch is as it was before', () => {
    const encode = createSpanEncoder()
    const small = encode([span()]).body
    const huge = encode([span({ attributes: { huge: 'é'.repeat(5_000_000) } })])
    expect(huge.body?.length).toBeGreaterThan(10_000_000)
    expect(encode([span()]).body).toEqual(small)
  })
})

describe('a span that cannot be encoded', () => {
  const circular: Record<string, unknown> = { text: 'x'.repeat(100_000) }
  circular['self'] = circular
  const throwing = {
    get secret(): string {
      throw new Error('no')
    },
  }

  it.each<[string, () => object]>([
    ['has no name', () => ({ name: undefined })],
    ['has a number for a name', () => ({ name: 5 })],
    ['has no times', () => ({ startTime: undefined })],
    ['has a short trace id', () => ({ spanContext: () => ({ ...CONTEXT, traceId: 'abc' }) })],
    [
      'has no hexadecimal span id',
      () => ({ spanContext: () => ({ ...CONTEXT, spanId: 'b7ad6b716920333ı' }) }),
    ],
    ['has an attribute that throws', () => ({ attributes: throwing })],
    ['has an attribute that contains itself', () => ({ attributes: { circular } })],
    ['throws when its context is asked for', () => ({ spanContext: () => undefined })],
    ['has no scope', () => ({ instrumentationScope: undefined })],
    ['has no resource', () => ({ resource: undefined })],
  ])('costs itself alone where it %s', (_, bad) => {
    const encode = createSpanEncoder()
    const spans = [span({ name: 'a' }), span({ attributes: { a: 1 }, ...bad() }), span({ name: 'b' })]
    const { body = new Uint8Array(), skipped } = encode(spans)
    expect(skipped).toBe(1)
    const sent = spansOfBody(body)
    expect(sent.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(encode([span(bad())])).toEqual({ body: undefined, skipped: 1 })
    expect(spansOfBody(encode([span()]).body as Uint8Array)).toHaveLength(1)
  })

  it('costs itself alone where it does not even say where it comes from', () => {
    const bad = Object.defineProperty(span(), 'resource', {
      get() {
        throw new Error('no')
      },
    })
    const { body = new Uint8Array(), skipped } = createSpanEncoder()([bad, span()])
    expect(skipped).toBe(1)
    expect(spansOfBody(body)).toHaveLength(1)
  })
})

function spansOfBody(body: Uint8Array) {
  return decodeRequest('traces', 'protobuf', body).message.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans),
  )
}
