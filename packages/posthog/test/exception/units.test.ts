import { once } from 'node:events'
import { WebSocket, WebSocketServer } from 'ws'
import { describe, expect, it } from '@jest/globals'
import { runUnit, type UnitKind } from '@throughline/core'
import { instrumentWebSocketServer } from '@throughline/ws'
import { withRig } from '../support/rig.js'

class NotFound extends Error {
  getStatus(): number {
    return 404
  }
}

describe('the error of a unit of work', () => {
  it.each<UnitKind>(['http', 'job', 'message', 'task', 'connection'])(
    'of kind %s is captured, with its context',
    async (kind) => {
      await withRig({}, async ({ events }) => {
        const fields = {
          'request.id': 'r-1',
          'user.id': 42,
          labels: ['draft', 'user'],
          'draft.id': 7,
          'job.name': 'stats',
          'job.attempt': 2,
          iban: 'DE00',
        }
        const work = runUnit({ kind, name: 'n', fields }, () => Promise.reject(new RangeError('failed')))
        await expect(work).rejects.toThrow('failed')
        const arrived = await events()

        expect(arrived).toHaveLength(1)
        expect(arrived[0]).toMatchObject({ event: '$exception', distinct_id: '42' })
        expect(arrived[0]?.properties).toMatchObject({
          component: kind,
          'request.id': 'r-1',
          labels: ['draft', 'user'],
          'draft.id': 7,
          'job.name': 'stats',
          'job.attempt': 2,
          user_id: '42',
          environment: 'unknown',
        })
        expect(arrived[0]?.properties).not.toHaveProperty('iban')
        expect(arrived[0]?.properties).not.toHaveProperty(['user.id'])
      })
    },
  )

  it('is left out below 500, without an error, and when the unit went well', async () => {
    await withRig({}, async ({ posthog, events }) => {
      await expect(
        runUnit({ kind: 'message', name: 'm' }, () => Promise.reject(new NotFound())),
      ).rejects.toThrow()
      runUnit({ kind: 'http', name: 'GET', manualEnd: true }, (unit) => unit.end({ outcome: 'error' }))
      runUnit({ kind: 'http', name: 'GET', manualEnd: true }, (unit) =>
        unit.end({ outcome: 'aborted', error: new Error('left') }),
      )
      runUnit({ kind: 'task', name: 't' }, () => undefined)
      expect(await events()).toEqual([])

      // Whoever asks for it gets it.
      posthog.captureException(new NotFound('explicit'))
      expect(await events()).toHaveLength(1)
    })
  })

  it('has the path without its query, and the template of the route', async () => {
    await withRig({}, async ({ events }) => {
      const attributes = {
        'url.path': '/orders/7',
        'http.request.method': 'GET',
        'http.route': '/orders/{id}',
      }
      runUnit({ kind: 'http', name: 'GET', manualEnd: true }, (unit) =>
        unit.end({ outcome: 'error', error: new Error('x'), attributes }),
      )
      expect((await events())[0]?.properties).toMatchObject({
        path: '/orders/7',
        method: 'GET',
        route: '/orders/{id}',
      })
    })
  })

  it('of a socket comes once: of a message that fails, and of the connection', async () => {
    await withRig({}, async ({ posthog, events }) => {
      const server = new WebSocketServer({ port: 0 })
      instrumentWebSocketServer(server)
      await once(server, 'listening')
      server.on('connection', (socket) => {
        socket.on('error', () => undefined)
        socket.on('message', () => socket.emit('error', new Error('socket broke')))
      })
      const { port } = server.address() as { port: number }
      const client = new WebSocket(`ws://127.0.0.1:${port}/`)
      await once(client, 'open')
      client.send('x')
      client.send('y')
      client.close()
      await once(client, 'close')
      while (posthog.counts.captured === 0) await new Promise((resolve) => setTimeout(resolve, 2))
      server.close()
      const arrived = await events()

      expect(arrived.map(({ properties }) => properties['component'])).toEqual(['connection'])
      expect(arrived[0]?.properties).toHaveProperty(['ws.conn_id'])
    })
  })
})
