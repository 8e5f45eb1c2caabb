import { fromBinary } from '@bufbuild/protobuf'
import { afterEach, describe, expect, it } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { StatusSchema } from '../src/proto/google/rpc/status_pb.js'
import { example, post, spanBytes, start, stopAll, type Post } from './client.js'

afterEach(stopAll)

describe('an answer', () => {
  it.each([
    ['/v1/traces', 'trace'],
    ['/v1/logs', 'logs'],
    ['/v1/metrics', 'metrics'],
  ] as const)('to %s is in the encoding of the request', async (path, name) => {
    const receiver = await start()

    const json = await post(receiver, { path, type: 'application/json; charset=utf-8', body: example(name) })
    const protobuf = await post(receiver, { path, body: '' })

    expect([json.status, json.headers.get('content-type'), await json.text()]).toEqual([
      200,
      'application/json',
      '{}',
    ])
    // An empty message: everything was taken.
    expect([protobuf.status, protobuf.headers.get('content-type'), await protobuf.text()]).toEqual([
      200,
      'application/x-protobuf',
      '',
    ])
  })

  it('comes to a compressed body, also in several members', async () => {
    const receiver = await start()
    const [head, tail] = [spanBytes('packed').subarray(0, 9), spanBytes('packed').subarray(9)]

    const whole = await post(receiver, { encoding: 'gzip', body: gzipSync(spanBytes('packed')) })
    const members = Buffer.concat([gzipSync(head), gzipSync(tail)])
    const parts = await post(receiver, { encoding: 'GZIP', body: members })
    const identity = await post(receiver, { encoding: 'identity' })

    expect([whole.status, parts.status, identity.status]).toEqual([200, 200, 200])
    expect(receiver.spans().map(({ name }) => name)).toEqual(['packed', 'packed', 'a span'])
    expect(receiver.requests[1]).toMatchObject({
      wireBytes: members.length,
      bytes: spanBytes('packed').length,
    })
  })

  it('comes to a path with a query', async () => {
    const receiver = await start()

    expect((await post(receiver, { path: '/v1/traces?tenant=1' })).status).toBe(200)
    expect(receiver.requests).toMatchObject([{ path: '/v1/traces?tenant=1' }])
    expect(receiver.spans()).toHaveLength(1)
  })
})

describe('a refusal', () => {
  it.each<[number, string, Post]>([
    [400, 'protobuf that is cut off', { body: spanBytes().subarray(0, -1) }],
    [400, 'JSON that is none', { type: 'application/json', body: '{' }],
    [400, 'JSON as protobuf', { body: example('trace') }],
    [400, 'gzip that is none', { encoding: 'gzip' }],
    [400, 'gzip that is cut off', { encoding: 'gzip', body: gzipSync(spanBytes()).subarray(0, -9) }],
    [404, 'another path', { path: '/v1/profiles' }],
    [405, 'another method', { method: 'PUT' }],
    [405, 'a method without a body', { method: 'GET' }],
    [413, 'a body over the limit', { body: Buffer.alloc(1_000_000) }],
    [
      413,
      'a body over the limit when decompressed',
      { encoding: 'gzip', body: gzipSync(Buffer.alloc(1_000_000)) },
    ],
    [415, 'another content type', { type: 'text/plain' }],
    [415, 'no content type', { type: '' }],
    [415, 'another content encoding', { encoding: 'br' }],
  ])('with %i comes to %s', async (status, _what, request) => {
    const receiver = await start({ maxBytes: 10_000 })

    const response = await post(receiver, request)

    expect(response.status).toBe(status)
    expect(receiver.requests).toMatchObject([{ outcome: 'refused', status, payload: undefined }])
    expect(receiver.spans()).toEqual([])
    // The receiver is as it was, on the same connection or another.
    expect((await post(receiver)).status).toBe(200)
  })

  it('says why, in the encoding of the request', async () => {
    const receiver = await start({ maxBytes: 10_000 })

    const protobuf = await post(receiver, { body: Buffer.alloc(10_001) })
    const json = await post(receiver, { type: 'application/json', body: 'x'.repeat(10_001) })

    const message = 'The body is larger than 10000 bytes.'
    const body = new Uint8Array(await protobuf.arrayBuffer())
    expect(fromBinary(StatusSchema, body)).toMatchObject({ code: 0, message })
    expect(await json.json()).toEqual({ message })
  })

  it('comes before a body without an end is over', async () => {
    const receiver = await start({ maxBytes: 10_000 })
    let left = 100
    const body = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(new Uint8Array(65_536)) : controller.close()),
    })
    const headers = { 'content-type': 'application/x-protobuf' }

    const response = await fetch(`${receiver.url}/v1/traces`, {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    })

    expect(response.status).toBe(413)
    expect(receiver.requests).toMatchObject([{ wireBytes: 0, status: 413 }])
  })

  it('is none for a body of just the limit', async () => {
    const body = spanBytes('x'.repeat(1_000))
    const receiver = await start({ maxBytes: body.length })

    expect((await post(receiver, { body })).status).toBe(200)
    expect((await post(receiver, { body: gzipSync(body), encoding: 'gzip' })).status).toBe(200)
  })
})

describe('a client that goes', () => {
  it('leaves a request that counts as abandoned', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'hang' })
    const leave = new AbortController()
    const answer = expect(post(receiver, { signal: leave.signal })).rejects.toThrow('aborted')
    await receiver.until(({ requests }) => requests[0]?.outcome === 'pending', 'the request')

    leave.abort()
    await answer
    await receiver.until(({ requests }) => requests[0]?.outcome === 'abandoned', 'the end of the connection')

    expect(receiver.spans()).toEqual([])
  })
})
