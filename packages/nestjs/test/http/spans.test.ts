import { once } from 'node:events'
import { connect, constants } from 'node:http2'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { platforms } from '../support/applications.js'
import { call, type Call, firstBytes, openSocket, postJson } from '../support/client.js'
import { OrdersController } from '../support/orders.js'
import {
  innerSpan,
  type ServerSpan,
  serverSpan,
  startTraced,
  type Traced,
  withTraced,
} from '../support/traced.js'
import { TripsController } from '../support/trips.js'

type Expected = Omit<ServerSpan, 'requestId' | 'path'>
type Case = [name: string, path: string, expected: Expected, options: Call]

const JSON_BODY = { method: 'POST', headers: { 'content-type': 'application/json' } }

const rows: [name: string, path: string, expected: Expected, options?: Call][] = [
  ['a handler that answers', '/api/orders/ok/5', { route: '/api/orders/ok/{id}', status: 200 }],
  [
    'a query, which is not told',
    '/api/orders/ok/5?token=secret',
    { route: '/api/orders/ok/{id}', status: 200 },
  ],
  [
    'a client that says what it is',
    '/api/orders/ok/5',
    {
      route: '/api/orders/ok/{id}',
      status: 200,
      attributes: { 'user_agent.original': 'check/1.0' },
    },
    { headers: { 'user-agent': 'check/1.0' } },
  ],
  [
    'a server under a name',
    '/api/orders/ok/5',
    {
      route: '/api/orders/ok/{id}',
      status: 200,
      attributes: { 'server.address': 'orders.test', 'server.port': '<port>' },
    },
    { headers: { host: 'orders.test:8080' } },
  ],
  [
    'forwarded headers, which nobody vouches for',
    '/api/orders/ok/5',
    { route: '/api/orders/ok/{id}', status: 200 },
    {
      headers: {
        'x-forwarded-for': '9.9.9.9',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.test',
      },
    },
  ],
  [
    'a body',
    '/api/orders',
    { method: 'POST', route: '/api/orders', status: 201 },
    { ...JSON_BODY, body: '{"a":1}' },
  ],
  [
    'a guard that rejects',
    '/api/orders/guarded',
    { route: '/api/orders/guarded', status: 403 },
    { headers: { reject: '1' } },
  ],
  ['a pipe that rejects', '/api/orders/piped/x', { route: '/api/orders/piped/{id}', status: 400 }],
  [
    'a handler that throws',
    '/api/orders/throws',
    { route: '/api/orders/throws', status: 500, exception: { type: 'TypeError', message: 'boom' } },
  ],
  [
    'a handler that throws a string',
    '/api/orders/throws-string',
    {
      route: '/api/orders/throws-string',
      status: 500,
      exception: { type: 'string', message: 'just text', firstLine: '' },
    },
  ],
  [
    'a 5xx HttpException',
    '/api/orders/bad-gateway',
    {
      route: '/api/orders/bad-gateway',
      status: 502,
      exception: { type: 'BadGatewayException', message: 'upstream is away' },
    },
  ],
  ['a filter that answers', '/api/orders/filtered', { route: '/api/orders/filtered', status: 409 }],
  ['a path without a route', '/api/nowhere', { status: 404 }],
  [
    'a method that the conventions do not know',
    '/api/nowhere',
    { method: 'PROPFIND', status: 404 },
    { method: 'PROPFIND' },
  ],
  [
    'HEAD',
    '/api/orders/piped/5',
    { method: 'HEAD', route: '/api/orders/piped/{id}', status: 200 },
    { method: 'HEAD' },
  ],
  [
    'a CORS preflight',
    '/api/orders/ok/5',
    { method: 'OPTIONS', status: 204 },
    { method: 'OPTIONS', headers: { origin: 'http://a.test', 'access-control-request-method': 'GET' } },
  ],
  ['server-sent events', '/api/orders/events', { route: '/api/orders/events', status: 200 }],
  ['a streamed file', '/api/orders/file', { route: '/api/orders/file', status: 200 }],
  ['a raw response', '/api/orders/raw', { route: '/api/orders/raw', status: 202 }],
]

const cases: Case[] = rows.map(([name, path, expected, options = {}]) => [name, path, expected, options])

describe.each(platforms)('the span of a request on $platform', ({ platform }) => {
  let traced: Traced

  beforeAll(async () => {
    traced = await startTraced(platform, {
      controllers: [OrdersController, TripsController],
      prepare(app) {
        app.setGlobalPrefix('api')
        app.enableCors()
      },
    })
  })
  afterAll(() => traced.stop())

  it.each(cases)('is one, a root, and complete: %s', async (_, path, expected, options) => {
    const { requestId, status } = await call(traced.port, path, options)

    expect(status).toBe(expected.status)
    expect(await traced.treesOf(requestId)).toEqual([
      serverSpan({ ...expected, requestId, path: path.split('?')[0] as string }),
    ])
  })

  it.each([
    ['malformed JSON', 400, '{"a":'],
    ['an oversized body', 413, JSON.stringify('x'.repeat(2_000_000))],
  ])('is complete where the body parser answers: %s', async (_, status, body) => {
    const { requestId } = await postJson(traced.port, '/api/orders', body)

    // Express parses bodies before it looks for a route.
    const route = platform === 'fastify' ? '/api/orders' : undefined
    expect(await traced.treesOf(requestId)).toEqual([
      serverSpan({ method: 'POST', route, status, requestId, path: '/api/orders' }),
    ])
  })

  it('is above those of tasks within the request', async () => {
    const { requestId } = await call(traced.port, '/api/trips/task')

    expect(await traced.treesOf(requestId)).toEqual([
      serverSpan({
        route: '/api/trips/task',
        status: 200,
        requestId,
        path: '/api/trips/task',
        children: [innerSpan('book-seats', requestId)],
      }),
    ])
  })

  it('fails with the task within it, each with the error', async () => {
    const { requestId } = await call(traced.port, '/api/trips/fail')
    const exception = { type: 'RangeError', message: 'no seats' }
    const failed = serverSpan({
      route: '/api/trips/fail',
      status: 500,
      requestId,
      path: '/api/trips/fail',
      exception,
    })
    const { events, status } = failed
    const attributes = { 'request.id': requestId, 'error.type': 'RangeError' }

    expect(await traced.treesOf(requestId)).toEqual([
      { ...failed, children: [innerSpan('book-seats', requestId, { events, status, attributes })] },
    ])
  })

  it('is above those that the application opens through OpenTelemetry', async () => {
    const { requestId } = await call(traced.port, '/api/trips/span/1')
    const scope = 'trips'

    expect(await traced.treesOf(requestId)).toEqual([
      serverSpan({
        route: '/api/trips/span/{number}',
        status: 200,
        requestId,
        path: '/api/trips/span/1',
        children: [
          innerSpan('outer', requestId, { scope, children: [innerSpan('inner', requestId, { scope })] }),
        ],
      }),
    ])
  })

  it('ends with a client that leaves before the response', async () => {
    const requestId = 'span-left-early'
    const socket = await openSocket(
      traced.port,
      `GET /api/orders/slow HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-ID: ${requestId}\r\n\r\n`,
    )
    await traced.records.until(
      ({ event, context }) => event === 'slow_started' && context['request.id'] === requestId,
    )
    socket.destroy()

    const { 'server.port': _, ...attributes } = serverSpan({
      requestId,
      path: '/api/orders/slow',
      route: '/api/orders/slow',
      aborted: true,
    }).attributes
    expect(await traced.treesOf(requestId)).toEqual([
      { ...serverSpan({ requestId, path: '', route: '/api/orders/slow' }), attributes },
    ])
  })

  it('ends with a client that leaves in the middle of the response', async () => {
    const requestId = 'span-left-midway'
    const socket = await openSocket(
      traced.port,
      `GET /api/orders/trickle HTTP/1.1\r\nHost: 127.0.0.1:1\r\nX-Request-ID: ${requestId}\r\n\r\n`,
    )
    await firstBytes(socket)
    socket.destroy()

    expect(await traced.treesOf(requestId)).toEqual([
      serverSpan({
        requestId,
        path: '/api/orders/trickle',
        route: '/api/orders/trickle',
        status: 200,
        aborted: true,
      }),
    ])
  })

  it('is one for each of several pipelined requests', async () => {
    const ids = ['span-train-0', 'span-train-1', 'span-train-2']
    const requests = ids.map(
      (id, at) =>
        `GET /api/orders/ok/${at} HTTP/1.1\r\nHost: 127.0.0.1:1\r\nX-Request-ID: ${id}\r\n${at === 2 ? 'Connection: close\r\n' : ''}\r\n`,
    )
    const socket = await openSocket(traced.port, requests.join(''))
    socket.resume()
    await once(socket, 'close')

    for (const [at, requestId] of ids.entries()) {
      expect(await traced.treesOf(requestId)).toEqual([
        serverSpan({
          requestId,
          path: `/api/orders/ok/${at}`,
          route: '/api/orders/ok/{id}',
          status: 200,
        }),
      ])
    }
  })

  it('mixes nothing among 200 interleaved requests', async () => {
    const numbers = Array.from({ length: 200 }, (_, number) => number)
    await Promise.all(
      numbers.map((number) =>
        call(traced.port, `/api/trips/span/${number}`, { headers: { 'x-request-id': `many-${number}` } }),
      ),
    )
    await Promise.all(numbers.map((number) => traced.records.completion(`many-${number}`)))
    const spans = (await traced.spans()).filter(({ attributes }) =>
      (attributes['request.id'] as string).startsWith('many-'),
    )
    const traces = new Set(spans.map(({ traceId }) => traceId))

    expect(traces.size).toBe(200)
    for (const one of traces) {
      const trace = spans.filter(({ traceId }) => traceId === one)
      const [outermost] = trace.filter(({ kind }) => kind === 'SERVER')
      const id = outermost?.attributes['request.id'] as string
      expect(trace.map(({ name }) => name).toSorted()).toEqual([
        'GET /api/trips/span/{number}',
        'inner',
        'outer',
      ])
      expect(trace.map(({ attributes }) => attributes['request.id'])).toEqual([id, id, id])
      expect(outermost?.attributes['url.path']).toBe(`/api/trips/span/${id.slice(5)}`)
    }
  })

  it('has its ids on every line of the request', async () => {
    const { requestId } = await call(traced.port, '/api/orders/ok/5')
    await traced.records.completion(requestId)
    const [span] = (await traced.spans()).filter(({ attributes }) => attributes['request.id'] === requestId)

    expect(
      traced.records.of(requestId).map(({ event, traceId, spanId }) => ({ event, traceId, spanId })),
    ).toEqual(
      ['before_await', 'after_await', 'request_completed'].map((event) => ({
        event,
        traceId: span?.traceId,
        spanId: span?.spanId,
      })),
    )
  })
})

describe.each(platforms)('the span behind a proxy on $platform', ({ platform }) => {
  it('names what the client sees where the proxy is believed', async () => {
    const setup = { controllers: [OrdersController], telemetry: { trustProxy: true } }
    await withTraced(platform, setup, async ({ port, treesOf }) => {
      const { requestId } = await call(port, '/orders/ok/5', {
        headers: {
          'x-forwarded-for': '9.9.9.9, 10.0.0.1',
          'x-forwarded-proto': 'https',
          'x-forwarded-host': 'orders.test',
        },
      })
      const { 'server.port': _, ...attributes } = serverSpan({
        requestId,
        path: '/orders/ok/5',
        route: '/orders/ok/{id}',
        status: 200,
        attributes: { 'client.address': '9.9.9.9', 'url.scheme': 'https', 'server.address': 'orders.test' },
      }).attributes

      expect((await treesOf(requestId)).map((tree) => tree.attributes)).toEqual([attributes])
    })
  })
})

describe('the span of a request on Fastify', () => {
  it('is complete over HTTP/2, for a client that leaves too', async () => {
    const adapter = new FastifyAdapter({ http2: true } as never)
    await withTraced('fastify', { controllers: [OrdersController], adapter }, async (traced) => {
      const session = connect(`http://127.0.0.1:${traced.port}`)
      const answered = session.request({ ':path': '/orders/ok/1', 'x-request-id': 'h2-answered' })
      await once(answered, 'response')
      answered.resume()
      const left = session.request({ ':path': '/orders/slow', 'x-request-id': 'h2-left' })
      left.on('error', () => undefined)
      await traced.records.until(({ event }) => event === 'slow_started')
      left.close(constants.NGHTTP2_CANCEL)
      const attributes = { 'network.protocol.version': '2' }
      const trees = [await traced.treesOf('h2-answered'), await traced.treesOf('h2-left')]
      session.close()

      expect(trees).toEqual([
        [
          serverSpan({
            requestId: 'h2-answered',
            path: '/orders/ok/1',
            route: '/orders/ok/{id}',
            status: 200,
            attributes,
          }),
        ],
        [
          serverSpan({
            requestId: 'h2-left',
            path: '/orders/slow',
            route: '/orders/slow',
            aborted: true,
            attributes,
          }),
        ],
      ])
    })
  })

  it('is complete for an injected request, which has no connection', async () => {
    // It requires an ES module, which Jest can do from Node 24 on.
    if (Number(process.versions.node.split('.')[0]) < 24) return
    const adapter = new FastifyAdapter()
    await withTraced('fastify', { controllers: [OrdersController], adapter }, async (traced) => {
      const { headers } = await adapter.inject({ url: '/orders/ok/1' })
      const requestId = String(headers['x-request-id'])
      const { 'network.peer.port': _, ...attributes } = serverSpan({
        requestId,
        path: '/orders/ok/1',
        route: '/orders/ok/{id}',
        status: 200,
        attributes: { 'server.address': 'localhost', 'user_agent.original': 'lightMyRequest' },
      }).attributes

      expect((await traced.treesOf(requestId)).map((tree) => tree.attributes)).toEqual([attributes])
    })
  })
})
