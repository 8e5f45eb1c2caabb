import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { incomingTrace, type IncomingTrace } from '../../src/edge/incoming-trace.js'
import { slot } from '../../src/slot.js'
import { createSettings, type SettingsOptions } from '../../src/telemetry/settings.js'
import type { Tracing } from '../../src/tracing/tracing.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

const TRACEPARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`

let harness: Harness

beforeEach(() => {
  harness = openRuntime()
  // Nothing of it is called: that it is there says that OpenTelemetry is on.
  slot.tracing = {} as Tracing
})

afterEach(() => {
  slot.tracing = undefined
  harness.close()
})

interface Given {
  headers?: Record<string, string>
  options?: SettingsOptions
  encrypted?: boolean
  httpVersion?: string
}

function traceOf({
  headers = {},
  options = {},
  encrypted,
  httpVersion = '1.1',
}: Given): IncomingTrace | undefined {
  const remoteAddress = '::ffff:10.0.0.7'
  const socket = { remoteAddress, remotePort: 40_000, encrypted }
  const request = { headers, socket, httpVersion } as unknown as IncomingMessage
  return incomingTrace(request, { headers, url: '/a', remoteAddress }, '/a', createSettings(options))
}

function attributesOf(given: Given): object | undefined {
  const { span } = traceOf(given) ?? {}
  return span && { ...span.dimensions, ...span.attributes?.() }
}

describe('incomingTrace', () => {
  it('is nothing while OpenTelemetry is off', () => {
    slot.tracing = undefined
    expect(traceOf({ headers: { traceparent: TRACEPARENT } })).toBeUndefined()
  })

  it('hands on what carries a trace or baggage, and whether its sender is trusted', () => {
    const sent: Record<string, string>[] = [
      {},
      { traceparent: TRACEPARENT },
      { baggage: 'a=1' },
      { tracestate: 'a=1' },
    ]
    const seen = sent.map((headers) => {
      const trace = traceOf({ headers, options: { trust: ['10.0.0.0/8'] } })
      return [trace?.carrier, trace?.trusted]
    })
    expect(seen).toEqual([
      [undefined, false],
      [{ traceparent: TRACEPARENT }, true],
      [{ baggage: 'a=1' }, true],
      [undefined, false],
    ])
    expect(traceOf({ headers: { traceparent: TRACEPARENT } })?.trusted).toBe(false)
  })

  it('describes the request', () => {
    expect(attributesOf({ headers: { host: 'a.test:8080', 'user-agent': 'check/1.0' } })).toEqual({
      'url.scheme': 'http',
      'server.address': 'a.test',
      'server.port': 8080,
      'network.peer.address': '10.0.0.7',
      'network.peer.port': 40_000,
      'network.protocol.version': '1.1',
      'user_agent.original': 'check/1.0',
    })
  })

  it('describes one over HTTP/2 and TLS', () => {
    expect(
      attributesOf({ headers: { ':authority': 'a.test' }, encrypted: true, httpVersion: '2.0' }),
    ).toMatchObject({
      'url.scheme': 'https',
      'server.address': 'a.test',
      'server.port': undefined,
      'network.protocol.version': '2',
    })
  })

  it.each<[string | undefined, string | undefined, number | undefined]>([
    ['a.test', 'a.test', undefined],
    ['10.1.2.3:80', '10.1.2.3', 80],
    ['[::1]:3000', '::1', 3000],
    ['[::1]', '::1', undefined],
    ['a b', undefined, undefined],
    ['user@a.test', undefined, undefined],
    ['a.test:port', undefined, undefined],
    ['a.test/path', undefined, undefined],
    ['', undefined, undefined],
    [undefined, undefined, undefined],
  ])('reads the authority %p', (host, address, port) => {
    expect(attributesOf({ headers: host === undefined ? {} : { host } })).toMatchObject({
      'server.address': address,
      'server.port': port,
    })
  })

  it.each<[boolean, Record<string, string>, string, string]>([
    [false, {}, 'http', 'inner.test'],
    [true, {}, 'https', 'outer.test'],
    [
      true,
      { 'x-forwarded-proto': 'HTTPS, http', 'x-forwarded-host': 'outer.test, inner.test' },
      'https',
      'outer.test',
    ],
    [true, { 'x-forwarded-proto': 'gopher', 'x-forwarded-host': 'a b' }, 'http', 'inner.test'],
  ])('believes a proxy where trustProxy is %p', (trustProxy, headers, scheme, address) => {
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'outer.test', ...headers }
    expect(
      attributesOf({ headers: { host: 'inner.test', ...forwarded }, options: { trustProxy } }),
    ).toMatchObject({ 'url.scheme': scheme, 'server.address': address })
  })
})
