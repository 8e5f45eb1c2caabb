import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { logRecordsOf, type Payload, spansOf } from '@throughline/otlp'
import { RECEIVE_LIMITS } from '../../../src/server/receive/limits.js'
import { binary, logRecord, logsJson, span, spansJson } from '../../support/bodies.js'
import { call, type Reply } from '../../support/call.js'
import { endAfterEach, testServer } from '../../support/test-server.js'

endAfterEach()

const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'
const logs = logsJson(logRecord())

interface Post {
  readonly path?: string
  readonly type?: string
  readonly encoding?: string
}

function post(
  port: number,
  body: string | Uint8Array,
  { path = '/v1/logs', type = JSON_TYPE, encoding }: Post = {},
): Promise<Reply> {
  const headers = {
    'content-type': type,
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  }
  return call(port, { path, method: 'POST', headers, body })
}

function logsIn(payloads: readonly Payload[]) {
  return payloads.flatMap((payload) => (payload.signal === 'logs' ? logRecordsOf(payload.message) : []))
}

function spansIn(payloads: readonly Payload[]) {
  return payloads.flatMap((payload) => (payload.signal === 'traces' ? spansOf(payload.message) : []))
}

describe('the receiver', () => {
  it.each([
    ['JSON', JSON_TYPE, logs],
    ['JSON with a charset', 'Application/JSON; charset=utf-8', logs],
    ['protobuf', PROTOBUF_TYPE, binary('logs', logs)],
  ])('takes %s, plain and as gzip', async (_what, type, body) => {
    const { port, store } = await testServer()
    for (const { status, headers } of [
      await post(port, body, { type }),
      await post(port, gzipSync(body), { type, encoding: 'gzip' }),
      await post(port, gzipSync(body), { type, encoding: ' GZIP ' }),
      await post(port, body, { type, encoding: 'identity' }),
    ]) {
      expect([status, headers['content-type']]).toEqual([200, type.split(';')[0]?.toLowerCase()])
    }
    expect(logsIn(store.payloads)).toHaveLength(4)
    expect(logsIn(store.payloads)[0]).toMatchObject({ eventName: 'pick_made', body: 'picked' })
  })

  it('answers in the encoding of the request', async () => {
    const { port, store } = await testServer()
    expect((await post(port, logs)).text).toBe('{}')
    expect((await post(port, binary('logs', logs), { type: PROTOBUF_TYPE })).body).toHaveLength(0)

    store.rejection = { rejected: 3, reason: 'No room.' }
    const partial = { partialSuccess: { rejectedLogRecords: '3', errorMessage: 'No room.' } }
    expect(JSON.parse((await post(port, logs)).text)).toEqual(partial)
    const { body } = await post(port, binary('logs', logs), { type: PROTOBUF_TYPE })
    expect(body.toString('latin1')).toBe('\n\f\b\u0003\u0012\bNo room.')
  })

  it.each([
    ['an unknown path', 404, { path: '/v1/profiles' }, logs],
    ['no path', 404, { path: '/v1' }, logs],
    ['no type', 415, { type: '' }, logs],
    ['a type that needs no preflight', 415, { type: 'text/plain' }, logs],
    ['a form', 415, { type: 'application/x-www-form-urlencoded' }, logs],
    ['a type that is nearly one', 415, { type: 'application/jsonp' }, logs],
    ['deflate', 415, { encoding: 'deflate' }, deflateSync(logs)],
    ['two encodings', 415, { encoding: 'gzip, gzip' }, gzipSync(gzipSync(logs))],
    ['what is not gzip', 400, { encoding: 'gzip' }, logs],
    ['half of gzip', 400, { encoding: 'gzip' }, gzipSync(logs).subarray(0, 40)],
    ['what is not JSON', 400, {}, '{"resourceLogs":['],
    ['an empty body as JSON', 400, {}, ''],
    ['JSON of another shape', 400, {}, '{"resourceLogs":5}'],
    ['no UTF-8', 400, {}, Buffer.from([0x7b, 0xff, 0x7d])],
    ['what is not protobuf', 400, { type: PROTOBUF_TYPE }, Buffer.alloc(32, 0xff)],
  ])('refuses %s', async (_what, expected, options, body) => {
    const { port, store, defects } = await testServer()
    const { status, headers, body: answer } = await post(port, body, options)
    expect([status, store.payloads, defects]).toEqual([expected, [], []])
    if (headers['content-type'] === JSON_TYPE) {
      expect(JSON.parse(answer.toString())).toEqual({ message: expect.stringMatching(/\S{3}/) })
    } else {
      // Field 2 of google.rpc.Status is its message.
      expect([headers['content-type'], answer[0]]).toEqual([PROTOBUF_TYPE, 0x12])
    }
    const state = JSON.parse((await call(port, { path: '/api/status' })).text) as { refused: number }
    expect(state.refused).toBe(1)
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s', async (method) => {
    const { port } = await testServer()
    const { status, headers } = await call(port, { path: '/v1/traces', method })
    expect([status, headers.allow]).toEqual([405, 'POST'])
  })

  it('takes an empty protobuf, which is a request without anything', async () => {
    const { port } = await testServer()
    expect(await post(port, '', { type: PROTOBUF_TYPE })).toMatchObject({ status: 200 })
  })

  it('keeps the rest of a batch of which one record is bad', async () => {
    const { port, store } = await testServer()
    const bad = logRecord({ traceId: 'abc' })
    const { text } = await post(
      port,
      logsJson(logRecord({ eventName: 'a' }), bad, logRecord({ eventName: 'b' })),
    )
    expect(JSON.parse(text)).toMatchObject({ partialSuccess: { rejectedLogRecords: '1' } })
    expect(logsIn(store.payloads).map(({ eventName }) => eventName)).toEqual(['a', 'b'])
  })

  it.each([
    ['no ids', { traceId: '', spanId: '' }],
    ['a short id', { spanId: 'b7ad' }],
    ['a link to nothing', { links: [{ traceId: '' }] }],
    ['an enum by its name', { kind: 'SPAN_KIND_SERVER' }],
    ['a time that is none', { startTimeUnixNano: 'now' }],
    ['another type', { name: 5 }],
    ['half a surrogate pair', { name: '\ud800' }],
  ])('keeps the other spans beside one with %s', async (_what, fields) => {
    const { port, store } = await testServer()
    const body = spansJson(span(fields), span({ name: 'good' }))
    const { status, text } = await post(port, body, { path: '/v1/traces' })
    expect([status, JSON.parse(text)]).toMatchObject([200, { partialSuccess: { rejectedSpans: '1' } }])
    expect(spansIn(store.payloads).map(({ name }) => name)).toEqual(['good'])
  })

  it('keeps the other records of a protobuf body with one that cannot be decoded', async () => {
    const { port, store } = await testServer()
    const body = binary(
      'logs',
      logsJson(logRecord({ eventName: 'broken' }), logRecord({ eventName: 'good' })),
    )
    // No UTF-8.
    body[Buffer.from(body).indexOf('broken')] = 0xff
    const { status, body: answer } = await post(port, body, { type: PROTOBUF_TYPE })
    expect([status, answer.length > 0]).toEqual([200, true])
    expect(logsIn(store.payloads).map(({ eventName }) => eventName)).toEqual(['good'])
  })

  it('says that it has a defect without saying which', async () => {
    const { port, store, defects } = await testServer()
    store.add = () => {
      throw new Error('secret')
    }
    const { status, text } = await post(port, logs)
    expect([status, text.includes('secret'), defects.length]).toEqual([500, false, 1])
  })
})

describe('the limits of the receiver', () => {
  const limits = { ...RECEIVE_LIMITS, wireBytes: 1000, bodyBytes: 100_000, bytesInFlight: 1500 }

  it('refuses a body that is too large, whether it says so or not, and keeps the connection usable', async () => {
    const { port } = await testServer({ limits })
    expect(await post(port, Buffer.alloc(1001))).toMatchObject({ status: 413 })
    const socket = connect(port, '127.0.0.1')
    const start = `POST /v1/logs HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\n`
    socket.write(`${start}Transfer-Encoding: chunked\r\n\r\n7d0\r\n${' '.repeat(2000)}\r\n0\r\n\r\n`)
    socket.end(`${start}Content-Length: 2\r\n\r\n{}`)
    expect((await text(socket)).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200'])
  })

  it('refuses what grows over the limit', async () => {
    const { port } = await testServer({ limits })
    const bomb = gzipSync(Buffer.alloc(200_000))
    expect(bomb.length).toBeLessThan(1000)
    expect(await post(port, bomb, { encoding: 'gzip' })).toMatchObject({ status: 413 })
  })

  it('asks to come again while too much is on its way', async () => {
    const { port } = await testServer({ limits })
    const slow = [900, 900].map((size) => {
      const socket = connect(port, '127.0.0.1')
      const start = `POST /v1/logs HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\n`
      socket.write(`${start}Content-Length: 950\r\n\r\n${' '.repeat(size)}`)
      return socket
    })
    const answer = await Promise.race(
      slow.map(
        (socket) => new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data)))),
      ),
    )
    expect(answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1\r\n/)
    for (const socket of slow) socket.destroy()
    // What was on its way with them counts no longer.
    expect(await post(port, logs.padEnd(900))).toMatchObject({ status: 200 })
  })

  it('ends a request that does not come to its end', async () => {
    const { port } = await testServer({ timeouts: { headers: 100, request: 100, check: 20 } })
    const socket = connect(port, '127.0.0.1')
    socket.write(`POST /v1/logs HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\n`)
    socket.write('Content-Length: 100\r\n\r\n{')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /)
    const silent = connect(port, '127.0.0.1')
    silent.write('POST /v1/lo')
    expect(await text(silent)).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('survives senders that leave', async () => {
    const { port, defects, store } = await testServer()
    for (let round = 0; round < 10; round += 1) {
      const socket = connect(port, '127.0.0.1')
      await new Promise<void>((resolve) => {
        socket.write(
          `POST /v1/logs HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
          () => resolve(),
        )
      })
      socket.resetAndDestroy()
    }
    expect(await post(port, logs)).toMatchObject({ status: 200 })
    expect([defects, store.payloads.length]).toEqual([[], 1])
  })
})
