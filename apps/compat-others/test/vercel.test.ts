import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, type SpanTree, spanTrees, startOtlpReceiver } from '@throughline/otlp'
import { startApp } from './app.js'

let receiver: OtlpReceiver
beforeAll(async () => {
  receiver = await startOtlpReceiver()
})
afterAll(() => receiver.stop())

const SERVER_SCOPE = '@opentelemetry/instrumentation-http'

interface Shape {
  span: string
  scope: string
  route: unknown
  requestId: unknown
  below: Shape[]
}

function shapes(trees: readonly SpanTree[]): Shape[] {
  return trees.map(({ name, kind, scope, attributes, children }) => ({
    span: `${kind} ${name.replace(/http:\/\/127\.0\.0\.1:\d+/, '')}`,
    scope,
    route: attributes['http.route'],
    requestId: attributes['request.id'],
    below: shapes(children),
  }))
}

describe('beside @vercel/otel and the instrumentation of node:http', () => {
  it('has one server span for a request and one client span for a call, each below the right one', async () => {
    const app = await startApp('vercel-app.mjs', {
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '50',
    })
    expect(await app.get('/calls', { 'x-request-id': 'r1' })).toBe(200)
    await receiver.until((r) => r.spans().some(({ name }) => name === 'GET /calls'), 'the server span')
    const { lines, stderr } = await app.stop()
    expect(stderr).toBe('')
    const served = (requestId: unknown): Shape => ({
      span: 'SERVER GET /matches/{id}',
      scope: SERVER_SCOPE,
      route: '/matches/{id}',
      requestId,
      below: [],
    })
    const called = (span: string, ...below: Shape[]): Shape => ({
      span: `CLIENT ${span}`,
      scope: '@vercel/otel/fetch',
      route: undefined,
      requestId: undefined,
      below,
    })
    // The requests that were served, in the order in which they were made; the outer one ends last.
    const [first, second, outer] = lines.filter(({ event }) => event === 'request_completed')
    expect(outer?.['request.id']).toBe('r1')
    expect(shapes(spanTrees(receiver.spans()))).toEqual([
      {
        span: 'SERVER GET /calls',
        scope: SERVER_SCOPE,
        route: '/calls',
        requestId: 'r1',
        below: [
          {
            span: 'INTERNAL fetching',
            scope: '@throughline/core',
            route: undefined,
            requestId: 'r1',
            below: [called('fetch GET /matches/1', served(first?.['request.id']))],
          },
          called('http GET /matches/2'),
        ],
      },
      // Vercel's hands a trace on with `fetch` alone.
      served(second?.['request.id']),
    ])
    const idsOf = (name: string) => receiver.spans().find((span) => span.name === name)
    const lineOf = (name: string) => lines.find(({ event }) => event === name)
    expect(lineOf('answered')).toMatchObject({ span_id: idsOf('GET /calls')?.spanId, 'request.id': 'r1' })
    expect(lineOf('task_completed')).toMatchObject({ span_id: idsOf('fetching')?.spanId, 'request.id': 'r1' })
  })
})
