import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { getContext } from '@throughline/core'
import { type ServerOptions, WebSocket, type WebSocketServer } from 'ws'
import { instrumentWebSocketServer } from '../../src/server/instrument.js'
import { Capture } from '../capture.js'
import { Client } from '../client.js'
import { LABELS } from '../draft.js'
import { PlainServer } from '../plain-server.js'
import { listening, stopServer } from '../ways-in.js'

let capture: Capture
let plain: PlainServer | undefined

beforeEach(() => {
  capture = new Capture()
})

afterEach(async () => {
  await plain?.stop()
  plain = undefined
  capture.stop()
})

/** A server that tells each client the id of its connection. */
async function start(
  options: Parameters<typeof PlainServer.start>[0],
  settings: ServerOptions = {},
): Promise<PlainServer> {
  plain = await PlainServer.start(
    options,
    (socket) => {
      socket.on('message', () => socket.send(String(getContext()['ws.conn_id'])))
    },
    settings,
  )
  return plain
}

async function connectionId(client: Client): Promise<string> {
  client.socket.send('?')
  return client.next()
}

describe('instrumentWebSocketServer', () => {
  it('binds a server once, whoever calls it', async () => {
    const { server, url, remove } = await start({})
    expect(instrumentWebSocketServer(server)).toBe(remove)
    const client = await Client.open(url)
    expect(await connectionId(client)).toBe(capture.named('ws_connected')[0]?.context['ws.conn_id'])
    await client.close()
    await capture.until('ws_disconnected')
    expect(capture.named('ws_connected')).toHaveLength(1)
    expect(capture.named('ws_disconnected')[0]?.attributes).toMatchObject({
      'ws.messages_received': 1,
      'ws.messages_sent': 1,
    })
  })

  it('takes from later calls the options that earlier ones left open', async () => {
    const { server, url } = await start({ user: () => 1 })
    instrumentWebSocketServer(server, { user: () => 2, labels: LABELS })
    await Client.open(`${url}/api/tournaments/5`)
    const [{ context } = { context: {} }] = await capture.until('ws_connected')
    expect(context).toMatchObject({ 'user.id': 1, labels: ['tournament'], 'tournament.id': 5 })
  })

  it('leaves a server as it was when it is removed, and open connections as they are', async () => {
    const { server, url, remove } = await start({})
    const before = await Client.open(url)
    remove()
    expect(Object.hasOwn(server, 'handleUpgrade')).toBe(false)
    expect(
      Object.getOwnPropertySymbols(server).filter((symbol) => String(symbol).includes('throughline')),
    ).toEqual([])
    const after = await Client.open(url)
    expect(await connectionId(after)).toBe('undefined')
    expect(await connectionId(before)).toBe(capture.named('ws_connected')[0]?.context['ws.conn_id'])
    await before.close()
    await capture.until('ws_disconnected')
    expect(capture.named('ws_connected')).toHaveLength(1)
  })

  it('can be put back after it was removed', async () => {
    const { server, url, remove } = await start({})
    remove()
    instrumentWebSocketServer(server)
    const client = await Client.open(url)
    expect(await connectionId(client)).not.toBe('undefined')
  })

  it('does nothing any more when it is removed from below another wrapper', async () => {
    const { server, url, remove } = await start({})
    const ours = server.handleUpgrade
    let calls = 0
    server.handleUpgrade = function (...args) {
      calls++
      return ours.apply(this, args)
    }
    remove()
    const client = await Client.open(url)
    expect(await connectionId(client)).toBe('undefined')
    expect(calls).toBe(1)
  })

  it('restores a handleUpgrade of the server itself', async () => {
    const { server } = await start(undefined)
    const own: typeof server.handleUpgrade = () => {}
    server.handleUpgrade = own
    instrumentWebSocketServer(server)()
    expect(server.handleUpgrade).toBe(own)
  })

  it('gives sockets that are already open a context from then on', async () => {
    const { server, url } = await start(undefined)
    const client = await Client.open(url)
    expect(await connectionId(client)).toBe('undefined')
    instrumentWebSocketServer(server)
    const id = await connectionId(client)
    await client.close(4000)
    const [ended] = await capture.until('ws_disconnected')
    const [connected] = capture.named('ws_connected')
    expect(connected?.attributes).toEqual({ 'client.address': expect.stringContaining('127.0.0.1') })
    expect(connected?.context).toEqual({ 'request.id': expect.any(String), 'ws.conn_id': id })
    expect(ended?.attributes).toMatchObject({ 'ws.close_code': 4000, 'ws.messages_received': 1 })
  })

  it('says so when it is given something else', () => {
    expect(instrumentWebSocketServer({} as WebSocketServer)).not.toThrow()
    expect(capture.lines).toEqual([
      {
        level: 'warn',
        event: 'ws_server_unknown',
        logger: 'throughline',
        attributes: { hint: expect.stringContaining('WebSocketServer') },
        context: {},
      },
    ])
  })

  it('throws where it is called for options that cannot be used', async () => {
    const { server } = await start(undefined)
    expect(() => instrumentWebSocketServer(server, { trust: ['not an address'] })).toThrow(TypeError)
    expect(Object.hasOwn(server, 'handleUpgrade')).toBe(false)
  })

  it.each([
    ['verifyClient returns false', { verifyClient: () => false }, 401],
    [
      'verifyClient calls back with false',
      {
        verifyClient: (_info: unknown, done: (ok: boolean, code: number) => void) =>
          setImmediate(done, false, 403),
      },
      403,
    ],
    ['the path is another one', { path: '/elsewhere' }, 400],
  ])('opens no connection when %s', async (_name, settings: ServerOptions, status) => {
    const { url } = await start({}, settings)
    const socket = new WebSocket(url)
    socket.on('error', () => {})
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
    expect(response.statusCode).toBe(status)
    socket.terminate()
    expect(capture.lines).toEqual([])
  })

  it('opens one when verifyClient calls back with true, later and in another context', async () => {
    const { url } = await start(
      {},
      { verifyClient: (_info: unknown, done: (ok: boolean) => void) => setImmediate(done, true) },
    )
    const client = await Client.open(url)
    expect(await connectionId(client)).toBe(capture.named('ws_connected')[0]?.context['ws.conn_id'])
  })

  it('serves sockets of another copy of ws', async () => {
    const require = createRequire(import.meta.url)
    const other = createRequire(require.resolve('@nestjs/platform-ws'))('ws') as {
      WebSocketServer: typeof WebSocketServer
    }
    const http = createServer().listen(0)
    const server = new other.WebSocketServer({ server: http })
    expect(server).not.toBeInstanceOf((await import('ws')).WebSocketServer)
    instrumentWebSocketServer(server)
    server.on('connection', (socket: WebSocket) => {
      socket.on('message', () => socket.send(String(getContext()['ws.conn_id'])))
    })
    const client = await Client.open(`ws://127.0.0.1:${await listening(http)}`)
    expect(await connectionId(client)).toBe(capture.named('ws_connected')[0]?.context['ws.conn_id'])
    await client.close()
    await stopServer(http, server)
  })

  it('is not seen by the application', async () => {
    const bare = await PlainServer.start(undefined)
    const { server, url, sockets } = await start({})
    await Promise.all([Client.open(url), Client.open(bare.url)])
    const [ours, theirs] = [sockets[0], bare.sockets[0]] as [WebSocket, WebSocket]
    // One listener more is this file's own, on `message`.
    ours.removeAllListeners('message')
    for (const event of [...theirs.eventNames(), ...ours.eventNames()]) {
      expect(ours.listenerCount(event)).toBe(theirs.listenerCount(event))
    }
    expect(Object.keys(ours)).toEqual(Object.keys(theirs))
    expect([ours.emit.length, ours.send.length]).toEqual([theirs.emit.length, theirs.send.length])
    expect(server.handleUpgrade.length).toBe(bare.server.handleUpgrade.length)
    expect(server.listenerCount('connection')).toBe(bare.server.listenerCount('connection'))
    expect(ours.emit('nobody listens')).toBe(false)
    await bare.stop()
  })
})
