import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { OrdersController } from '../support/orders.js'
import { platforms, type Running, start, withApp } from '../support/applications.js'
import { call } from '../support/client.js'

const CONTEXT = 'request.id="carried", user.id=42, labels=("tournament"), tournament.id=5, secret="x"'

const labels = {
  mounts: [],
  rootResources: ['orders'],
  resources: [{ segments: ['tournaments'], id: ['int' as const] }],
}

describe.each(platforms)('telemetry-context on $platform', ({ platform }) => {
  describe('from a peer that is trusted', () => {
    let running: Running

    beforeAll(async () => {
      running = await start(platform, {
        controllers: [OrdersController],
        telemetry: { trust: 'loopback', labels },
      })
    })
    afterAll(() => running.stop())

    async function contextOf(headers: Record<string, string>): Promise<object> {
      const { requestId } = await call(running.port, '/orders/ok/1', { headers })
      return (await running.records.completion(requestId)).context
    }

    it('is bound by the allow-list', async () => {
      expect(await contextOf({ 'telemetry-context': CONTEXT })).toEqual({
        'request.id': 'carried',
        'user.id': 42,
        labels: ['tournament'],
        'tournament.id': 5,
      })
    })

    it('yields to X-Request-ID', async () => {
      expect(await contextOf({ 'telemetry-context': CONTEXT, 'x-request-id': 'given' })).toMatchObject({
        'request.id': 'given',
        'user.id': 42,
      })
    })

    it.each([
      ['malformed', 'request.id=="'],
      ['oversized', `request.id="${'a'.repeat(5_000)}"`],
      ['an id that is not safe', 'request.id="a b"'],
    ])('is nothing when it is %s', async (_, header) => {
      const context = await contextOf({ 'telemetry-context': header })

      expect(context).toEqual({ 'request.id': expect.stringMatching(/^[\da-f-]{36}$/) })
    })
  })

  it('is nothing from a peer that is not trusted', async () => {
    await withApp(
      platform,
      { controllers: [OrdersController], telemetry: { labels } },
      async ({ port, records }) => {
        const { requestId } = await call(port, '/orders/ok/1', { headers: { 'telemetry-context': CONTEXT } })

        expect(requestId).toMatch(/^[\da-f-]{36}$/)
        expect((await records.completion(requestId)).context).toEqual({ 'request.id': requestId })
      },
    )
  })

  it.each([
    [true, '203.0.113.7'],
    [false, '127.0.0.1'],
  ])('names the client with trustProxy %s: %s', async (trustProxy, client) => {
    await withApp(
      platform,
      { controllers: [OrdersController], telemetry: { trustProxy } },
      async (running) => {
        const { requestId } = await call(running.port, '/orders/ok/1', {
          headers: { 'x-forwarded-for': '203.0.113.7, 10.0.0.1' },
        })

        expect((await running.records.completion(requestId)).attributes['client.address']).toBe(client)
      },
    )
  })
})
