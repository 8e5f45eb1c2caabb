import { once } from 'node:events'
import { createServer } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runWithContext } from '@throughline/core'
import { type ClientOptions, WebSocketServer } from 'ws'
import type { WsOptions } from '../../src/options.js'
import { instrumentWebSocketServer } from '../../src/server/instrument.js'
import { Capture, type Line } from '../capture.js'
import { Client } from '../client.js'
import { LABELS, log } from '../draft.js'
import { PlainServer } from '../plain-server.js'
import { stopServer } from '../ways-in.js'

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
const CARRIED =
  'request.id="carried", user.id=42, labels=("match"), tournament.id=9, job.id="7", ws.conn_id="mine"'

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

/** The line of a connection that was opened with these headers. */
async function connected(
  options: WsOptions,
  headers: NonNullable<ClientOptions['headers']> = {},
  path = '/',
): Promise<Line> {
  plain = await PlainServer.start(options)
  await Client.open(plain.url + path, { headers })
  const [line] = await capture.until('ws_connected')
  return line as Line
}

describe('a connection', () => {
  it('has an id and a request id of its own when the upgrade brings nothing', async () => {
    const { context, attributes } = await connected({})
    expect(context).toEqual({
      'request.id': expect.stringMatching(UUID),
      'ws.conn_id': expect.stringMatching(UUID),
    })
    expect(context['ws.conn_id']).not.toBe(context['request.id'])
    expect(attributes).toEqual({ 'client.address': expect.stringContaining('127.0.0.1') })
  })

  it.each([['abc-123'], ['a'.repeat(128)], ['A1._~:/+=@-']])('keeps the request id %s', async (id) => {
    const { context } = await connected({}, { 'x-request-id': id })
    expect(context['request.id']).toBe(id)
  })

  it.each([['a'.repeat(129)], ['has space'], ['"quoted"'], ['tab\there'], ['caf\u00e9'], ['\u009b31m']])(
    'replaces the request id %j',
    async (id) => {
      const { context } = await connected({}, { 'x-request-id': id })
      expect(context['request.id']).toMatch(UUID)
    },
  )

  it('reads the labels of the upgrade path', async () => {
    const { context } = await connected({ labels: LABELS }, {}, '/api/tournaments/5/draft?tournaments=6')
    expect(context).toMatchObject({ labels: ['tournament', 'draft'], 'tournament.id': 5 })
  })

  it('reads no context from a stranger', async () => {
    const { context } = await connected({ labels: LABELS }, { 'telemetry-context': CARRIED })
    expect(Object.keys(context).toSorted()).toEqual(['request.id', 'ws.conn_id'])
    expect(context['request.id']).toMatch(UUID)
  })

  it('reads what may cross a hop from a trusted peer', async () => {
    const { context } = await connected(
      { labels: LABELS, trust: 'loopback' },
      { 'telemetry-context': CARRIED },
    )
    expect(context).toEqual({
      'request.id': 'carried',
      'user.id': 42,
      labels: ['match'],
      'tournament.id': 9,
      'ws.conn_id': expect.stringMatching(UUID),
    })
  })

  it.each([['%%%'], ['a="\u0001"'], [`a="${'x'.repeat(5_000)}"`]])(
    'opens without a context when a trusted peer sends a broken one',
    async (header) => {
      const { context } = await connected(
        { trust: 'loopback' },
        { 'telemetry-context': header.replace('\u0001', '\t') },
      )
      expect(Object.keys(context).toSorted()).toEqual(['request.id', 'ws.conn_id'])
    },
  )

  it('takes the user of the handshake, over a forwarded one', async () => {
    const sources: unknown[] = []
    const options: WsOptions = {
      trust: 'loopback',
      user: (source) => {
        sources.push(source)
        return 0
      },
    }
    const { context } = await connected(options, { 'telemetry-context': CARRIED, authorization: 'Bearer x' })
    expect(context['user.id']).toBe(0)
    expect(sources).toEqual([
      {
        kind: 'connection',
        request: expect.objectContaining({ headers: expect.objectContaining({ authorization: 'Bearer x' }) }),
      },
    ])
  })

  it.each<[string, WsOptions['user']]>([
    ['knows nobody', () => undefined],
    ['says null', () => null as unknown as undefined],
    [
      'throws',
      () => {
        throw new Error('no such token')
      },
    ],
  ])('has no user when the resolver %s', async (_name, user) => {
    const { context } = await connected({ user })
    expect(Object.keys(context)).not.toContain('user.id')
  })

  it('takes X-Forwarded-For with trustProxy only', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9, 10.0.0.1' }
    expect((await connected({ trustProxy: true }, headers)).attributes).toEqual({
      'client.address': '203.0.113.9',
    })
    await plain?.stop()
    capture.lines.length = 0
    expect((await connected({}, headers)).attributes).toEqual({
      'client.address': expect.stringContaining('127.0.0.1'),
    })
  })

  it('calls the client unknown where the socket has no address', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ws-'))
    const path = join(folder, 'socket')
    const http = createServer().listen(path)
    await once(http, 'listening')
    const server = new WebSocketServer({ server: http })
    instrumentWebSocketServer(server)
    await Client.open(`ws+unix://${path}:/draft`)
    expect((await capture.until('ws_connected'))[0]?.attributes).toEqual({ 'client.address': 'unknown' })
    await stopServer(http, server)
    await rm(folder, { recursive: true })
  })

  it('is no part of the context it is accepted in', async () => {
    const http = createServer().listen(0)
    await once(http, 'listening')
    const server = new WebSocketServer({ noServer: true })
    instrumentWebSocketServer(server)
    http.on('upgrade', (request, socket, head) => {
      runWithContext({ 'request.id': 'outer', 'job.id': '1' }, () => {
        server.handleUpgrade(request, socket, head, () => log.info('opened'))
        log.info('upgraded')
      })
    })
    await Client.open(`ws://127.0.0.1:${(http.address() as { port: number }).port}`)
    const [opened] = await capture.until('opened')
    expect(Object.keys(opened?.context ?? {}).toSorted()).toEqual(['request.id', 'ws.conn_id'])
    expect(opened?.context['request.id']).not.toBe('outer')
    expect(capture.named('upgraded')[0]?.context).toEqual({ 'request.id': 'outer', 'job.id': '1' })
    await stopServer(http, server)
  })
})
