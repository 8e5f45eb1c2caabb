import { describe, expect, it } from '@jest/globals'
import { decodeCarrier, encodeCarrier } from '../src/carrier.js'

const TRACE = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
  baggage: 'user=%C3%A9;ttl=1,path=%2Fa',
}

describe('encodeCarrier', () => {
  it('writes one JSON object of header names and values', () => {
    expect(encodeCarrier(TRACE, 'request.id="abc"')).toBe(
      '{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",' +
        '"tracestate":"rojo=00f067aa0ba902b7,congo=t61rcWkgMzE","baggage":"user=%C3%A9;ttl=1,path=%2Fa",' +
        '"telemetry-context":"request.id=\\"abc\\""}',
    )
  })

  it('leaves out what is absent', () => {
    expect(encodeCarrier(undefined, 'a="1"')).toBe('{"telemetry-context":"a=\\"1\\""}')
    expect(encodeCarrier({ traceparent: TRACE.traceparent }, '')).toBe(
      `{"traceparent":"${TRACE.traceparent}"}`,
    )
  })

  it('writes nothing for nothing, which BullMQ does not store', () => {
    expect(encodeCarrier(undefined, '')).toBe('')
    expect(encodeCarrier({}, '')).toBe('')
    expect(encodeCarrier({}, 'a="1"')).toBe('{"telemetry-context":"a=\\"1\\""}')
  })
})

describe('decodeCarrier', () => {
  it('reads what encodeCarrier wrote, the trace unharmed', () => {
    const context = 'request.id="abc", name=%"%c3%a9"'
    expect(decodeCarrier(encodeCarrier(TRACE, context))).toEqual({
      carrier: { ...TRACE, 'telemetry-context': context },
    })
  })

  it('reads the metadata of bullmq-otel', () => {
    expect(decodeCarrier(JSON.stringify(TRACE))).toEqual({ carrier: TRACE })
  })

  it('takes a traceparent of a later version as it is', () => {
    const traceparent = 'cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-next'
    expect(decodeCarrier(JSON.stringify({ traceparent }))).toEqual({ carrier: { traceparent } })
  })

  it.each([undefined, null, ''])('finds nothing in %p', (metadata) => {
    expect(decodeCarrier(metadata)).toEqual({ carrier: {} })
  })

  it.each([
    ['no JSON', 'garbage{', 'not JSON'],
    ['a list', '[]', 'not a JSON object'],
    ['null', 'null', 'not a JSON object'],
    ['a text', '"text"', 'not a JSON object'],
    ['an object', {}, 'object'],
    ['a number', 7, 'number'],
    ['a megabyte', 'x'.repeat(1_000_000), '1000000 characters'],
  ])('refuses %s and says why', (_name, metadata, refused) => {
    expect(decodeCarrier(metadata)).toEqual({ carrier: {}, refused })
  })

  it.each([
    ['a short trace id', { traceparent: '00-0af7-b7ad6b7169203331-01' }],
    ['line breaks', { traceparent: `${TRACE.traceparent}\r\nx: y`, baggage: 'a=b\nc' }],
    ['tracestate without traceparent', { tracestate: TRACE.tracestate }],
    ['other types', { traceparent: 1, tracestate: {}, baggage: [], 'telemetry-context': 7 }],
    ['what is too long', { baggage: 'a'.repeat(8_193) }],
    ['strangers', { 'x-b3-traceid': 'abc', constructor: 'x' }],
  ])('leaves out %s', (_name, members) => {
    expect(decodeCarrier(JSON.stringify(members))).toEqual({ carrier: {} })
  })

  it('reads no member from a prototype', () => {
    const metadata = `{"__proto__":{"traceparent":"${TRACE.traceparent}"}}`
    expect(decodeCarrier(metadata)).toEqual({ carrier: {} })
    expect(({} as { traceparent?: string }).traceparent).toBeUndefined()
  })
})
