import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bindContext, getContext } from '@throughline/core'
import { WebSocket } from 'ws'
import { Capture } from '../capture.js'
import { Client } from '../client.js'
import { LABELS, log } from '../draft.js'
import { PlainServer } from '../plain-server.js'

const SOCKETS = 1_000
/** Opened in waves, for the listener's queue; Node raises the limit of file descriptors by itself. */
const WAVE = 100
const MESSAGES = 4

describe('a thousand sockets', () => {
  let capture: Capture
  let plain: PlainServer

  beforeEach(async () => {
    capture = new Capture()
    plain = await PlainServer.start({ labels: LABELS }, serve)
  })

  afterEach(async () => {
    await plain.stop()
    capture.stop()
  })

  /** Handlers that wait in different ways, so that those of all sockets overlap. */
  function serve(socket: WebSocket): void {
    const own = getContext()
    socket.on('message', async (data: Buffer) => {
      const [number, message] = String(data).split(':') as [string, string]
      bindContext({ message, ...(message === '1' && { 'user.id': Number(number) }) })
      log.info('received', { number, message })
      await turn()
      log.info('after_turn', { number, message })
      await new Promise((resolve) => {
        setTimeout(resolve, Number(number) % 7)
      })
      log.info('after_timer', { number, message })
      expect(getContext()['ws.conn_id']).toBe(own['ws.conn_id'])
      socket.send(message)
    })
  }

  function open(number: number): Promise<Client> {
    const headers = { 'x-request-id': `request-${number}` }
    return Client.open(`${plain.url}/api/tournaments/${number}`, { headers })
  }

  async function play(client: Client, number: number): Promise<void> {
    client.socket.send(`${number}:0`)
    await client.next()
    for (let message = 1; message < MESSAGES; message++) client.socket.send(`${number}:${message}`)
    for (let message = 1; message < MESSAGES; message++) await client.next()
    await client.close()
  }

  it('never mix', async () => {
    const clients: Client[] = []
    while (clients.length < SOCKETS) {
      const wave = Array.from({ length: WAVE }, (_, index) => open(clients.length + index))
      clients.push(...(await Promise.all(wave)))
    }
    await Promise.all(clients.map(play))
    await capture.until('ws_disconnected', SOCKETS)

    const connections = new Map(
      capture.named('ws_connected').map(({ context }) => [context['request.id'], context['ws.conn_id']]),
    )
    expect(connections.size).toBe(SOCKETS)
    expect(new Set(connections.values()).size).toBe(SOCKETS)
    const wrong = capture.lines.filter(({ event, attributes, context }) => {
      const number = attributes['number'] ?? context['tournament.id']
      const known = context['request.id'] === `request-${String(number)}`
      const connected = connections.get(context['request.id']) === context['ws.conn_id']
      const labelled = context['tournament.id'] === Number(number)
      const user = context['user.id'] === undefined || context['user.id'] === Number(number)
      const own = context['message'] === (event.startsWith('ws_') ? undefined : attributes['message'])
      return !(known && connected && labelled && user && own)
    })
    expect(wrong).toEqual([])
    expect(capture.lines).toHaveLength(SOCKETS * (2 + 3 * MESSAGES))
    for (const { attributes, context } of capture.named('ws_disconnected')) {
      expect(attributes).toMatchObject({
        'ws.close_code': 1000,
        'ws.messages_received': MESSAGES,
        'ws.messages_sent': MESSAGES,
      })
      expect(context['user.id']).toBe(context['tournament.id'])
    }
  })
})
