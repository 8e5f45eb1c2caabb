import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { OrdersController } from '../support/orders.js'
import { platforms, type Running, start } from '../support/applications.js'
import { call, type Call, postJson } from '../support/client.js'
import { comparable, completionLine } from '../support/records.js'

interface Expected {
  status: number
  event?: 'request_completed' | 'request_failed'
  route?: string | undefined
  /** Events of the application's own lines, in order. */
  own?: string[]
  exception?: [type: string, message: string, firstLine?: string]
}

type Case = [name: string, path: string, expected: Expected, options: Call]

const JSON_BODY = { method: 'POST', headers: { 'content-type': 'application/json' } }

const rows: [name: string, path: string, expected: Expected, options?: Call][] = [
  [
    'a handler that answers',
    '/api/orders/ok/5?token=x',
    { status: 200, route: '/api/orders/ok/{id}', own: ['before_await', 'after_await'] },
  ],
  [
    'a body',
    '/api/orders',
    { status: 201, route: '/api/orders', own: ['created'] },
    { ...JSON_BODY, body: '{"a":1}' },
  ],
  [
    'a guard that passes',
    '/api/orders/guarded',
    { status: 200, route: '/api/orders/guarded', own: ['guarded', 'behind_guards'] },
  ],
  [
    'a guard that rejects',
    '/api/orders/guarded',
    { status: 403, route: '/api/orders/guarded', own: ['guarded'] },
    { headers: { reject: '1' } },
  ],
  ['a pipe that rejects', '/api/orders/piped/x', { status: 400, route: '/api/orders/piped/{id}' }],
  [
    'interceptors and rxjs chains',
    '/api/orders/intercepted',
    { status: 200, route: '/api/orders/intercepted', own: ['piped', 'mapped'] },
  ],
  [
    'an interceptor that throws',
    '/api/orders/interceptor-throws',
    {
      status: 500,
      event: 'request_failed',
      route: '/api/orders/interceptor-throws',
      own: ['intercepted'],
      exception: ['Error', 'the interceptor threw'],
    },
  ],
  [
    'a handler that throws',
    '/api/orders/throws',
    { status: 500, event: 'request_failed', route: '/api/orders/throws', exception: ['TypeError', 'boom'] },
  ],
  [
    'a handler that throws a string',
    '/api/orders/throws-string',
    {
      status: 500,
      event: 'request_failed',
      route: '/api/orders/throws-string',
      exception: ['string', 'just text', ''],
    },
  ],
  [
    'an Observable that fails',
    '/api/orders/rejects-late',
    {
      status: 500,
      event: 'request_failed',
      route: '/api/orders/rejects-late',
      exception: ['Error', 'from the stream'],
    },
  ],
  ['a 4xx HttpException', '/api/orders/conflict', { status: 409, route: '/api/orders/conflict' }],
  [
    'a 5xx HttpException',
    '/api/orders/bad-gateway',
    {
      status: 502,
      event: 'request_failed',
      route: '/api/orders/bad-gateway',
      exception: ['BadGatewayException', 'upstream is away'],
    },
  ],
  [
    'a filter that answers',
    '/api/orders/filtered',
    { status: 409, route: '/api/orders/filtered', own: ['filtered'] },
  ],
  ['a path without a route', '/api/nowhere', { status: 404 }],
  ['a path outside the prefix', '/nowhere', { status: 404 }],
  ['a method without a route', '/api/orders/ok/5', { status: 404 }, { method: 'DELETE' }],
  [
    'server-sent events',
    '/api/orders/events',
    { status: 200, route: '/api/orders/events', own: ['sse', 'sse'] },
  ],
  [
    'a streamed file',
    '/api/orders/file',
    { status: 200, route: '/api/orders/file', own: ['streamed', 'streamed'] },
  ],
  ['a raw response', '/api/orders/raw', { status: 202, route: '/api/orders/raw', own: ['raw_end'] }],
  [
    'a response whose headers are cleared',
    '/api/orders/cleared',
    { status: 410, route: '/api/orders/cleared' },
  ],
  ['HEAD', '/api/orders/piped/5', { status: 200, route: '/api/orders/piped/{id}' }, { method: 'HEAD' }],
  [
    'a CORS preflight',
    '/api/orders/ok/5',
    { status: 204 },
    { method: 'OPTIONS', headers: { origin: 'http://a.test', 'access-control-request-method': 'GET' } },
  ],
]

// Jest takes a missing last value for a callback.
const cases: Case[] = rows.map(([name, path, expected, options = {}]) => [name, path, expected, options])

describe.each(platforms)('a request on $platform', ({ platform }) => {
  let running: Running

  beforeAll(async () => {
    running = await start(platform, {
      controllers: [OrdersController],
      prepare(app) {
        app.setGlobalPrefix('api')
        app.enableCors()
      },
    })
  })
  afterAll(() => running.stop())

  it.each(cases)('has one context and one line: %s', async (_, path, expected, options) => {
    const answer = await call(running.port, path, options)
    const { requestId } = answer
    const line = await running.records.completion(requestId)
    const { status, event = 'request_completed', exception } = expected

    expect(answer.status).toBe(status)
    expect(requestId).toMatch(/^[\da-f-]{36}$/)
    expect(comparable(line)).toEqual(
      completionLine(
        event,
        {
          'http.request.method': options.method ?? 'GET',
          'http.route': expected.route,
          'url.path': path.split('?')[0],
          'http.response.status_code': status,
          'client.address': '127.0.0.1',
          duration_ms: '<ms>',
          ...(exception && {
            'exception.type': exception[0],
            'exception.message': exception[1],
            'exception.stacktrace': (exception[2] ?? `${exception[0]}: ${exception[1]}`) || undefined,
          }),
        },
        { 'request.id': requestId },
      ),
    )
    const records = running.records.of(requestId)
    expect(records.filter(({ logger }) => logger === 'app').map(({ event }) => event)).toEqual(
      expected.own ?? [],
    )
    expect(records.filter(({ logger }) => logger === 'throughline')).toHaveLength(1)
  })

  it.each<[string, number, string, string | undefined]>([
    ['malformed JSON', 400, '{"a":', platform === 'fastify' ? '/api/orders' : undefined],
    [
      'an oversized body',
      413,
      JSON.stringify('x'.repeat(2_000_000)),
      platform === 'fastify' ? '/api/orders' : undefined,
    ],
  ])('has one context and one line: %s', async (_, status, body, route) => {
    const answer = await postJson(running.port, '/api/orders', body)

    expect(answer.status).toBe(status)
    // Express parses bodies before it looks for a route.
    expect(comparable(await running.records.completion(answer.requestId))).toEqual(
      completionLine(
        'request_completed',
        {
          'http.request.method': 'POST',
          'http.route': route,
          'url.path': '/api/orders',
          'http.response.status_code': status,
          'client.address': '127.0.0.1',
          duration_ms: '<ms>',
        },
        { 'request.id': answer.requestId },
      ),
    )
  })

  it('keeps the context of timers and chains that outlive the response', async () => {
    const { requestId } = await call(running.port, '/api/orders/late')
    await running.records.until(
      ({ event, context }) => event === 'timer_after_response' && context['request.id'] === requestId,
    )
    const events = running.records.of(requestId).map(({ event }) => event)

    expect(events.toSorted()).toEqual([
      'chain_after_response',
      'chain_after_response',
      'request_completed',
      'timer_after_response',
    ])
  })

  it('fails a request whose filter throws, with the last error', async () => {
    const answer = await call(running.port, '/api/orders/filter-throws')
    const { event, attributes } = await running.records.completion(answer.requestId)

    expect(answer.status).toBe(500)
    expect({ event, message: attributes['exception.message'] }).toEqual({
      event: 'request_failed',
      message: 'the filter threw',
    })
  })

  it('fails a request whose response the server breaks off', async () => {
    await expect(
      call(running.port, '/api/orders/breaks-off', { headers: { 'x-request-id': 'broken-off' } }),
    ).rejects.toThrow()

    expect(comparable(await running.records.completion('broken-off'))).toEqual(
      completionLine(
        'request_failed',
        {
          'http.request.method': 'GET',
          'http.route': '/api/orders/breaks-off',
          'url.path': '/api/orders/breaks-off',
          'http.response.status_code': 200,
          'client.address': '127.0.0.1',
          duration_ms: '<ms>',
          'exception.type': 'Error',
          'exception.message': 'the source broke',
          'exception.stacktrace': 'Error: the source broke',
        },
        { 'request.id': 'broken-off' },
      ),
    )
  })
})
