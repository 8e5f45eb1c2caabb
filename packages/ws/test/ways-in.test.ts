import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Capture, type Line } from './capture.js'
import { Client } from './client.js'
import { MAX_PAYLOAD, PATH } from './draft.js'
import { type Running, WAYS_IN } from './ways-in.js'

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

describe.each(WAYS_IN)('%s', (_name, start) => {
  let capture: Capture
  let running: Running
  let url: string

  beforeEach(async () => {
    running = await start()
    capture = new Capture()
    url = `ws://127.0.0.1:${running.port}${PATH}?token=secret`
  })

  afterEach(async () => {
    await running.stop()
    capture.stop()
  })

  it('writes every line of a connection in its context', async () => {
    const client = await Client.open(url, { headers: { 'x-request-id': 'upgrade-1' } })
    expect(await client.next()).toBe('hello')
    expect(await client.ask('pick', 7)).toStrictEqual({ event: 'picked', data: 7 })
    expect(await client.ask('login', 42)).toStrictEqual({ event: 'welcome', data: 42 })
    expect(await client.ask('pick', 8)).toStrictEqual({ event: 'picked', data: 8 })
    client.socket.send('x'.repeat(MAX_PAYLOAD + 1))
    expect(await client.closed).toBe(1009)
    await capture.until('ws_disconnected')

    const id = capture.lines[0]?.context['ws.conn_id']
    expect(id).toMatch(UUID)
    const context = {
      'request.id': 'upgrade-1',
      labels: ['tournament', 'draft'],
      'tournament.id': 5,
      'ws.conn_id': id,
    }
    const known = { ...context, 'user.id': 42 }
    const info = { level: 'info', logger: 'draft', attributes: {} }
    const own = { level: 'info', logger: 'throughline' }
    const received = (data_preview: string): Partial<Line> => ({
      level: 'debug',
      event: 'ws_receive',
      logger: 'throughline',
      attributes: { data_preview },
    })
    const sent: Partial<Line> = {
      level: 'debug',
      event: 'ws_send',
      logger: 'throughline',
      attributes: { 'ws.conn_id': id as string },
    }
    expect(capture.lines.filter(({ logger }) => logger !== undefined)).toStrictEqual([
      { ...own, event: 'ws_connected', attributes: { 'client.address': expect.any(String) }, context },
      { ...info, event: 'opened', context },
      { ...info, event: 'greeted', context },
      { ...sent, context },
      { ...received('{"event":"pick","data":7}'), context },
      { ...info, event: 'pick_made', attributes: { 'hero.id': 7 }, context },
      { ...info, event: 'pick_saved', context },
      { ...sent, context },
      { ...received('{"event":"login","data":42}'), context },
      { ...info, event: 'logged_in', context: { ...known, 'login.method': 'token' } },
      { ...sent, context: { ...known, 'login.method': 'token' } },
      { ...received('{"event":"pick","data":8}'), context: known },
      { ...info, event: 'pick_made', attributes: { 'hero.id': 8 }, context: known },
      { ...info, event: 'pick_saved', context: known },
      { ...sent, context: known },
      {
        ...own,
        level: 'error',
        event: 'ws_error',
        attributes: {
          'exception.type': 'RangeError',
          'exception.message': 'Max payload size exceeded',
          'exception.stacktrace': expect.stringContaining('RangeError: Max payload size exceeded'),
        },
        context: known,
      },
      { ...info, event: 'left', context: known },
      {
        ...own,
        event: 'ws_disconnected',
        attributes: {
          // ws stops reading at the error, so that it never sees the client's own close frame.
          'ws.close_code': 1006,
          'ws.messages_received': 3,
          'ws.messages_sent': 4,
          duration_ms: expect.any(Number),
        },
        context: known,
      },
    ])
  })

  it('keeps two connections apart', async () => {
    const [first, second] = await Promise.all([Client.open(url), Client.open(url)])
    await Promise.all([first.next(), second.next()])
    await first.ask('login', 1)
    await second.ask('pick', 2)
    await first.ask('pick', 1)
    await Promise.all([first.close(1000), second.close(4001)])
    await capture.until('ws_disconnected', 2)
    const connections = new Map(
      capture.named('ws_connected').map(({ context }) => [context['ws.conn_id'], context]),
    )
    expect(connections.size).toBe(2)
    expect(new Set([...connections.values()].map((context) => context['request.id'])).size).toBe(2)
    for (const { context } of capture.lines) {
      expect(context['request.id']).toBe(connections.get(context['ws.conn_id'])?.['request.id'])
    }
    const ended = capture.named('ws_disconnected')
    expect(
      ended
        .map(({ attributes, context }) => [attributes['ws.close_code'], context['user.id']])
        .toSorted((a, b) => Number(a[0]) - Number(b[0])),
    ).toStrictEqual([
      [1000, 1],
      [4001, undefined],
    ])
  })
})
