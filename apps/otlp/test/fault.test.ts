import { fromBinary } from '@bufbuild/protobuf'
import { afterEach, describe, expect, it } from '@jest/globals'
import { StatusSchema } from '../src/proto/google/rpc/status_pb.js'
import { ExportLogsServiceResponseSchema } from '../src/proto/opentelemetry/proto/collector/logs/v1/logs_service_pb.js'
import { ExportMetricsServiceResponseSchema } from '../src/proto/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.js'
import { ExportTraceServiceResponseSchema } from '../src/proto/opentelemetry/proto/collector/trace/v1/trace_service_pb.js'
import { type Fault } from '../src/index.js'
import { post, spanBytes, start, stopAll } from './client.js'

afterEach(stopAll)

const outcomes = (receiver: { requests: readonly { outcome: string; status: number | undefined }[] }) =>
  receiver.requests.map(({ outcome, status }) => [outcome, status])

async function bytes(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer())
}

describe('respondWith', () => {
  it.each([400, 401, 404, 413, 429, 500, 502, 503, 504])('answers %i', async (status) => {
    const receiver = await start()
    receiver.respondWith({ kind: 'status', status, headers: { 'retry-after': '2' }, message: 'not now' })

    const response = await post(receiver)

    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '2'])
    expect(fromBinary(StatusSchema, await bytes(response)).message).toBe('not now')
    expect(outcomes(receiver)).toEqual([['refused', status]])
    expect(receiver.requests[0]?.payload?.signal).toBe('traces')
    expect(receiver.spans()).toEqual([])
  })

  it('may answer with another status of success', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'status', status: 202 })

    expect((await post(receiver)).status).toBe(202)
    expect(receiver.spans()).toHaveLength(1)
  })

  it('answers 200 with a body that is garbage in either encoding', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'garbage' })

    const protobuf = await post(receiver)
    const json = await post(receiver, { type: 'application/json', body: '{}' })

    expect([protobuf.status, json.status]).toEqual([200, 200])
    const body = await bytes(protobuf)
    expect(() => fromBinary(ExportTraceServiceResponseSchema, body)).toThrow()
    await expect(json.json()).rejects.toThrow('JSON')
    expect(receiver.spans()).toHaveLength(1)
  })

  it('answers with a partial success of each signal', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'partial', rejected: 3, message: 'too old' })

    const traces = await bytes(await post(receiver))
    const logs = await bytes(await post(receiver, { path: '/v1/logs', body: '' }))
    const metrics = await bytes(await post(receiver, { path: '/v1/metrics', body: '' }))
    const json = await post(receiver, { type: 'application/json', body: '{}' })

    const errorMessage = 'too old'
    expect(fromBinary(ExportTraceServiceResponseSchema, traces)).toMatchObject({
      partialSuccess: { rejectedSpans: 3n, errorMessage },
    })
    expect(fromBinary(ExportLogsServiceResponseSchema, logs)).toMatchObject({
      partialSuccess: { rejectedLogRecords: 3n, errorMessage },
    })
    expect(fromBinary(ExportMetricsServiceResponseSchema, metrics)).toMatchObject({
      partialSuccess: { rejectedDataPoints: 3n, errorMessage },
    })
    expect(await json.json()).toEqual({ partialSuccess: { rejectedSpans: '3', errorMessage } })
  })

  it('may only warn: a partial success that refuses nothing', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'partial', rejected: 0, message: 'soon too old' })

    const response = await post(receiver, { type: 'application/json', body: '{}' })

    expect(await response.json()).toEqual({ partialSuccess: { errorMessage: 'soon too old' } })
  })

  it('answers late', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'slow', delayMs: 50 })
    const pending = receiver.until(({ requests }) => requests[0]?.outcome === 'pending', 'the request')

    const answer = post(receiver)
    await pending

    expect((await answer).status).toBe(200)
    expect(outcomes(receiver)).toEqual([['accepted', 200]])
  })

  it('reads slowly, and whole', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'slow-read', pauseMs: 1 })
    const name = 'x'.repeat(2_000_000)

    expect((await post(receiver, { body: spanBytes(name) })).status).toBe(200)
    expect(receiver.spans()[0]?.name).toHaveLength(name.length)
  })

  it.each<Fault>([
    { kind: 'slow', delayMs: 3_600_000 },
    { kind: 'slow-read', pauseMs: 3_600_000 },
    { kind: 'hang' },
  ])('stops in the middle of $kind', async (fault) => {
    const receiver = await start()
    receiver.respondWith(fault)
    const answer = expect(post(receiver)).rejects.toThrow('fetch failed')
    if (fault.kind !== 'slow-read') await receiver.until(({ requests }) => requests.length === 1, 'it')

    await receiver.stop()
    await answer

    expect(receiver.spans()).toEqual([])
  })

  it.each(['headers', 'body'] as const)('resets the connection after the %s', async (after) => {
    const receiver = await start()
    receiver.respondWith({ kind: 'reset', after })

    await expect(post(receiver)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })

    expect(receiver.requests).toMatchObject([
      { outcome: 'refused', status: undefined, bytes: after === 'body' ? spanBytes().length : 0 },
    ])
    expect(receiver.spans()).toEqual([])
  })

  it('strikes one signal, or all', async () => {
    const receiver = await start()
    const statuses = async () => [
      (await post(receiver)).status,
      (await post(receiver, { path: '/v1/logs', body: '' })).status,
    ]

    receiver.respondWith({ kind: 'status', status: 503 }, { signal: 'logs' })
    expect(await statuses()).toEqual([200, 503])
    receiver.respondWith({ kind: 'status', status: 429 })
    expect(await statuses()).toEqual([429, 429])
    receiver.respondNormally('traces')
    expect(await statuses()).toEqual([200, 429])
    receiver.respondNormally()
    expect(await statuses()).toEqual([200, 200])
  })

  it('strikes so many requests of each signal', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'status', status: 503 }, { times: 2 })

    const statuses: number[] = []
    for (const path of ['/v1/traces', '/v1/logs', '/v1/traces', '/v1/logs', '/v1/traces', '/v1/logs']) {
      statuses.push((await post(receiver, { path, body: '' })).status)
    }

    expect(statuses).toEqual([503, 503, 503, 503, 200, 200])
  })

  it('refuses what HTTP cannot carry', async () => {
    const receiver = await start()

    expect(() => receiver.respondWith({ kind: 'status', status: 42 })).toThrow('42')
    expect(() => receiver.respondWith({ kind: 'status', status: 503, headers: { 'a b': 'c' } })).toThrow(
      'a b',
    )
    expect((await post(receiver)).status).toBe(200)
  })

  it('tells a malformed body from the fault it meets', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'partial', rejected: 1 })
    expect((await post(receiver, { body: 'x' })).status).toBe(400)
    receiver.respondWith({ kind: 'status', status: 503 })
    expect((await post(receiver, { body: 'x' })).status).toBe(503)

    expect(receiver.requests.map(({ problem }) => problem)).toEqual([expect.any(String), expect.any(String)])
  })
})
