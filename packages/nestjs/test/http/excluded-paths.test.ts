import { describe, expect, it } from '@jest/globals'
import { platforms, type Setup } from '../support/applications.js'
import { call } from '../support/client.js'
import { conformance } from '../conformance/cases.js'
import { startNeighbour, TripsController } from '../support/trips.js'
import { withTraced } from '../support/traced.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'

const controllers = [TripsController]

describe.each(platforms)('OTEL_TRACING_EXCLUDED_URL_PATHS on $platform', ({ platform }) => {
  it.each(conformance('excluded-paths'))('conforms: $id', async ({ env, input, expected }) => {
    await withTraced(platform, { env }, async ({ port, records, spans }) => {
      const { requestId } = await call(port, String(input['path']))
      const line = await records.completion(requestId)
      const all = (await spans()).filter(({ attributes }) => attributes['request.id'] === requestId)

      expect(all.length === 0).toBe(expected['excluded'])
      // The trace is there either way.
      expect([line.traceId, line.traceFlags]).toEqual([
        expect.stringMatching(/^[\da-f]{32}$/),
        expected['excluded'] === true ? 0 : 1,
      ])
    })
  })

  const excluding: Setup = {
    controllers,
    telemetry: { trust: 'loopback' },
    env: { OTEL_TRACING_EXCLUDED_URL_PATHS: 'trips' },
  }

  it.each([
    ['a task', '/trips/task'],
    ['spans of the application', '/trips/span/1'],
    ['a failure', '/trips/fail'],
  ])('makes no spans below an excluded request either: %s', async (_, path) => {
    await withTraced(platform, excluding, async ({ port, records, spans }) => {
      const { requestId } = await call(port, path, {
        headers: { traceparent: `00-${TRACE}-b7ad6b7169203331-01` },
      })
      await records.completion(requestId)

      expect(await spans()).toEqual([])
      const lines = records.of(requestId)
      expect(lines.map(({ traceId }) => traceId)).toEqual(lines.map(() => TRACE))
      expect(lines.map(({ traceFlags }) => traceFlags)).toEqual(lines.map(() => 0))
    })
  })

  it('says onward that the trace is not recorded', async () => {
    const neighbour = await startNeighbour()
    try {
      await withTraced(platform, excluding, async ({ port, records, spans }) => {
        const { requestId, body } = await call(port, '/trips/onward')
        const outgoing = await call(port, `/trips/outgoing/${neighbour.port}`)
        const { traceId } = await records.completion(requestId)

        expect(JSON.parse(body)).toEqual({
          traceparent: expect.stringMatching(new RegExp(`^00-${traceId}-[\\da-f]{16}-00$`)),
        })
        const { traceId: outgoingTrace } = await records.completion(outgoing.requestId)
        const unsampled = expect.stringMatching(new RegExp(`^00-${outgoingTrace}-[\\da-f]{16}-00$`))
        expect(neighbour.seen).toMatchObject([{ traceparent: unsampled }, { traceparent: unsampled }])
        expect(await spans()).toEqual([])
      })
    } finally {
      await neighbour.stop()
    }
  })

  it('leaves the next request of the connection alone', async () => {
    const env = { OTEL_TRACING_EXCLUDED_URL_PATHS: 'trips/task,trips/*/other' }
    await withTraced(platform, { controllers, env }, async ({ port, records, spans }) => {
      for (const path of ['/trips/task?x=1', '/trips/span/1', '/trips/span/other']) {
        await records.completion((await call(port, path)).requestId)
      }

      expect((await spans()).map(({ name }) => name).toSorted()).toEqual([
        'GET /trips/span/{number}',
        'inner',
        'outer',
      ])
    })
  })
})
