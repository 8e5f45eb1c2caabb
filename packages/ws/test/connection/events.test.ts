import { on, once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bindContext, type FinishedUnit, getContext, onUnitEnd, runWithContext } from '@throughline/core'
import { createWebSocketStream, type ServerOptions, WebSocket } from 'ws'
import type { WsOptions } from '../../src/options.js'
import { Capture } from '../capture.js'
import { Client } from '../client.js'
import { log } from '../draft.js'
import { PlainServer } from '../plain-server.js'

let capture: Capture
let plain: PlainServer
let units: FinishedUnit[]
let forget: () => void

beforeEach(() => {
  capture = new Capture()
  units = []
  forget = onUnitEnd((unit) => units.push(unit))
})

afterEach(async () => {
  await plain.stop()
  forget()
  capture.stop()
})

async function open(
  onConnection: (socket: WebSocket) => void,
  { settings, options = {}, client }: { settings?: ServerOptions; options?: WsOptions; client?: object } = {},
): Promise<Client> {
  plain = await PlainServer.start(options, onConnection, settings)
  return Client.open(plain.url, client)
}

/** The id of the one connection. */
const connectionId = (): unknown => capture.named('ws_connected')[0]?.context['ws.conn_id']

/** Expects that all lines of these events were written in the connection's context. */
async function expectInConnection(...events: string[]): Promise<void> {
  for (const event of events) {
    const [line] = await capture.until(event)
    expect([event, line?.context['ws.conn_id']]).toEqual([event, connectionId()])
  }
}

describe('the context of a connection', () => {
  it('is kept by listeners of every kind and by what they start', async () => {
    const client = await open((socket) => {
      setImmediate(() => log.info('timer_of_connection'))
      socket.on('message', async () => {
        log.info('on')
        await new Promise((resolve) => {
          setTimeout(resolve, 1)
        })
        log.info('after_await')
      })
      socket.once('message', () => log.info('once'))
      socket.prependListener('message', () => log.info('prepended'))
      socket.addEventListener('message', () => log.info('add_event_listener'))
      socket.onmessage = () => log.info('onmessage')
      socket.on('ping', () => log.info('ping'))
      socket.on('pong', () => log.info('pong'))
      socket.on('close', () => queueMicrotask(() => log.info('after_close')))
      socket.addEventListener('close', () => log.info('closing'))
      socket.ping()
    })
    client.socket.ping()
    client.socket.send('x')
    await capture.until('pong')
    await capture.until('ping')
    await capture.until('after_await')
    await client.close()
    await expectInConnection(
      'timer_of_connection',
      'on',
      'after_await',
      'once',
      'prepended',
      'add_event_listener',
      'onmessage',
      'ping',
      'pong',
      'closing',
      'after_close',
      'ws_disconnected',
    )
    expect(
      capture.lines.map(({ event }) => event).filter((event) => /prep|^on|once|add/.test(event)),
    ).toEqual(['prepended', 'on', 'once', 'add_event_listener', 'onmessage'])
  })

  it('is that of an asynchronous iterator, of the loop that reads it', async () => {
    const client = await open(async (socket) => {
      for await (const [data] of on(socket, 'message', { close: ['close'] })) {
        log.info('iterated', { data: String(data) })
      }
      log.info('iterated_all')
    })
    client.socket.send('one')
    client.socket.send('two')
    await capture.until('iterated', 2)
    await client.close()
    expect(capture.named('iterated').map(({ attributes }) => attributes['data'])).toEqual(['one', 'two'])
    await expectInConnection('iterated', 'iterated_all')
  })

  it('is kept by a stream over the socket', async () => {
    const client = await open((socket) => {
      const stream = createWebSocketStream(socket, { encoding: 'utf8' })
      stream.on('data', (chunk: string) => {
        log.info('data')
        stream.write(chunk.toUpperCase(), () => log.info('written'))
      })
      stream.on('end', () => log.info('end'))
    })
    client.socket.send('abc')
    expect(await client.next()).toBe('ABC')
    await client.close()
    await expectInConnection('data', 'written', 'end')
    const [ended] = await capture.until('ws_disconnected')
    expect(ended?.attributes).toMatchObject({ 'ws.messages_received': 1, 'ws.messages_sent': 1 })
  })

  it('takes the user bound in one message to the later ones, and nothing else', async () => {
    const client = await open((socket) => {
      socket.on('message', (data: Buffer) => {
        if (String(data) === 'login') bindContext({ 'user.id': 7, 'login.method': 'token' })
        log.info('handled')
        socket.send('done')
      })
    })
    for (const message of ['before', 'login', 'after']) {
      client.socket.send(message)
      await client.next()
    }
    await client.close()
    await capture.until('ws_disconnected')
    const bound = capture.named('handled').map(({ context }) => [context['user.id'], context['login.method']])
    expect(bound).toEqual([
      [undefined, undefined],
      [7, 'token'],
      [7, undefined],
    ])
    expect(capture.named('ws_disconnected')[0]?.context['user.id']).toBe(7)
  })

  it('is not left behind in the code that sends', async () => {
    await open(() => {})
    const [socket] = plain.sockets as [WebSocket]
    socket.on('custom', () => log.info('custom'))
    runWithContext({ 'request.id': 'other' }, () => {
      socket.emit('message', Buffer.from('x'), false)
      socket.emit('custom')
      log.info('still_outside')
    })
    expect(capture.named('custom')[0]?.context).toEqual({ 'request.id': 'other' })
    expect(capture.named('still_outside')[0]?.context).toEqual({ 'request.id': 'other' })
  })
})

describe('a message', () => {
  it.each([[false], [{ threshold: 0 }]])(
    'may be text, binary or in fragments, with compression %j',
    async (perMessageDeflate) => {
      const client = await open(
        (socket) => {
          socket.on('message', (data: Buffer, isBinary: boolean) => {
            log.info('handled', { size: data.length, binary: isBinary })
            socket.send(data, { binary: isBinary }, () => log.info('sent'))
          })
        },
        {
          settings: { perMessageDeflate },
          options: { messageLines: true },
          client: { perMessageDeflate: perMessageDeflate !== false },
        },
      )
      client.socket.send('\u{1f600}'.repeat(120))
      client.socket.send(Buffer.from([1, 2, 3]))
      client.socket.send('frag', { fin: false })
      client.socket.send('ment', { fin: true })
      await capture.until('sent', 3)
      await client.close()
      await expectInConnection('handled', 'sent')
      expect(capture.named('handled').map(({ attributes }) => attributes)).toEqual([
        { size: 480, binary: false },
        { size: 3, binary: true },
        { size: 8, binary: false },
      ])
      expect(capture.named('ws_receive').map(({ attributes }) => attributes)).toEqual([
        { data_preview: '\u{1f600}'.repeat(50) },
        {},
        { data_preview: 'fragment' },
      ])
      const [ended] = await capture.until('ws_disconnected')
      expect(ended?.attributes).toMatchObject({ 'ws.messages_received': 3, 'ws.messages_sent': 3 })
    },
  )

  it('that is sent in fragments counts once', async () => {
    const client = await open((socket) => {
      socket.send('a', { fin: false })
      socket.send('b', { fin: false })
      socket.send('c', { fin: true })
    })
    expect(await client.next()).toBe('abc')
    await client.close()
    expect((await capture.until('ws_disconnected'))[0]?.attributes).toMatchObject({ 'ws.messages_sent': 1 })
  })

  it('keeps the context of its send for the callback, beside other sockets that compress', async () => {
    const settings: ServerOptions = { perMessageDeflate: { threshold: 0, concurrencyLimit: 1 } }
    plain = await PlainServer.start(
      {},
      (socket) => {
        const id = getContext()['ws.conn_id'] as string
        socket.on('message', (message: Buffer) => {
          const data = String(message)
          for (let part = 0; part < 3; part++) {
            runWithContext({ part: `${data}.${part}` }, () => {
              socket.send('z'.repeat(2_000), () => log.info('sent', { id, expected: `${data}.${part}` }))
            })
          }
        })
      },
      settings,
    )
    const clients = await Promise.all(Array.from({ length: 10 }, () => Client.open(plain.url)))
    for (const client of clients) for (const message of ['m1', 'm2']) client.socket.send(message)
    const sent = await capture.until('sent', 60)
    for (const { attributes, context } of sent) {
      expect([context['ws.conn_id'], context['part']]).toEqual([attributes['id'], attributes['expected']])
    }
  })

  it('is previewed and announced only when asked for', async () => {
    const client = await open((socket) => {
      socket.on('message', (data: Buffer) => socket.send(String(data)))
    })
    client.socket.send('secret')
    await client.next()
    await client.close()
    await capture.until('ws_disconnected')
    expect(capture.lines.map(({ event }) => event)).toEqual(['ws_connected', 'ws_disconnected'])
  })

  it('sent from another request shows that request and the socket', async () => {
    const client = await open(() => {}, { options: { messageLines: true } })
    runWithContext({ 'request.id': 'other' }, () => plain.sockets[0]?.send('news'))
    expect(await client.next()).toBe('news')
    const [sent] = capture.named('ws_send')
    expect(sent).toEqual({
      level: 'debug',
      event: 'ws_send',
      logger: 'throughline',
      attributes: { 'ws.conn_id': connectionId() },
      context: { 'request.id': 'other' },
    })
  })

  it('that is not sent is not counted, and the caller learns of it as before', async () => {
    const client = await open(() => {}, { options: { messageLines: true } })
    const [socket] = plain.sockets as [WebSocket]
    await client.close()
    await capture.until('ws_disconnected')
    const error = await new Promise((resolve) => {
      expect(socket.send('late', resolve)).toBeUndefined()
    })
    expect(error).toMatchObject({ message: 'WebSocket is not open: readyState 3 (CLOSED)' })
    expect(() => socket.send('late')).not.toThrow()
    expect(capture.named('ws_send')).toEqual([])
    expect(capture.named('ws_disconnected')[0]?.attributes).toMatchObject({ 'ws.messages_sent': 0 })
  })

  it('throws what the socket throws for data that it cannot send', async () => {
    await open(() => {})
    const bare = await PlainServer.start(undefined)
    await Client.open(bare.url)
    const failure = (socket: WebSocket | undefined): unknown => {
      try {
        return socket?.send({} as string)
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(failure(plain.sockets[0])).toBe(failure(bare.sockets[0]))
    await bare.stop()
  })

  it('whose listener throws is a ws_error, and the error goes on', async () => {
    await open((socket) => {
      socket.on('message', () => {
        bindContext({ 'match.id': 3 })
        throw new TypeError('no such hero')
      })
    })
    const [socket] = plain.sockets as [WebSocket]
    expect(() => socket.emit('message', Buffer.from('x'), false)).toThrow(new TypeError('no such hero'))
    expect(capture.named('ws_error')).toEqual([
      {
        level: 'error',
        event: 'ws_error',
        logger: 'throughline',
        attributes: {
          'exception.type': 'TypeError',
          'exception.message': 'no such hero',
          'exception.stacktrace': expect.stringContaining('no such hero'),
          duration_ms: expect.any(Number),
        },
        context: expect.objectContaining({ 'ws.conn_id': connectionId(), 'match.id': 3 }),
      },
    ])
    expect(units.map(({ kind, outcome }) => [kind, outcome])).toEqual([['message', 'error']])
  })

  it('emitted by a listener of another one is a unit of its own', async () => {
    await open((socket) => {
      socket.on('message', (data: Buffer) => {
        bindContext({ depth: String(data) })
        if (String(data) === 'outer') socket.emit('message', Buffer.from('inner'), false)
        log.info('handled')
      })
    })
    plain.sockets[0]?.emit('message', Buffer.from('outer'), false)
    expect(capture.named('handled').map(({ context }) => context['depth'])).toEqual(['inner', 'outer'])
    expect(units.map(({ context, outcome }) => [context['depth'], outcome])).toEqual([
      ['inner', 'ok'],
      ['outer', 'ok'],
    ])
  })
})

describe('the end of a connection', () => {
  it.each<[string, (client: Client) => void, number, string]>([
    ['closes without a code', ({ socket }) => socket.close(), 1005, 'ok'],
    ['closes with 1001', ({ socket }) => socket.close(1001, 'going away'), 1001, 'ok'],
    ['closes with 4999', ({ socket }) => socket.close(4999), 4999, 'ok'],
    ['terminates', ({ socket }) => socket.terminate(), 1006, 'aborted'],
    [
      'destroys its socket',
      ({ socket }) => (socket as unknown as { _socket: { destroy(): void } })._socket.destroy(),
      1006,
      'aborted',
    ],
  ])('is one line when the client %s', async (_name, end, code, outcome) => {
    const client = await open((socket) => {
      socket.on('close', () => bindContext({ 'match.id': 1 }))
    })
    end(client)
    await capture.until('ws_disconnected')
    expect(capture.lines.map(({ level, event, attributes }) => [level, event, attributes])).toEqual([
      ['info', 'ws_connected', { 'client.address': expect.any(String) }],
      [
        'info',
        'ws_disconnected',
        {
          'ws.close_code': code,
          'ws.messages_received': 0,
          'ws.messages_sent': 0,
          duration_ms: expect.any(Number),
        },
      ],
    ])
    // What a listener of `close` bound is on the last line.
    expect(capture.named('ws_disconnected')[0]?.context['match.id']).toBe(1)
    expect(units.map(({ kind, name, outcome }) => [kind, name, outcome])).toEqual([
      ['connection', 'websocket', outcome],
    ])
  })

  it('is one line when the server terminates', async () => {
    const client = await open((socket) => socket.terminate())
    expect(await client.closed).toBe(1006)
    const [ended] = await capture.until('ws_disconnected')
    expect(ended?.attributes).toMatchObject({ 'ws.close_code': 1006 })
  })

  it.each<[string, Buffer, number, string]>([
    [
      'an unknown opcode',
      Buffer.from([0x83, 0x80, 0, 0, 0, 0]),
      1002,
      'Invalid WebSocket frame: invalid opcode 3',
    ],
    ['an unmasked frame', Buffer.from([0x81, 0x01, 0x61]), 1002, 'Invalid WebSocket frame: MASK must be set'],
    [
      'broken UTF-8',
      Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff]),
      1007,
      'Invalid WebSocket frame: invalid UTF-8 sequence',
    ],
  ])('follows a ws_error when the client sends %s', async (_name, frame, code, message) => {
    const client = await open((socket) => {
      socket.on('error', () => log.info('error_listener'))
    })
    ;(client.socket as unknown as { _socket: { write(data: Buffer): void } })._socket.write(frame)
    expect(await client.closed).toBe(code)
    await capture.until('ws_disconnected')
    expect(capture.lines.map(({ event }) => event)).toEqual([
      'ws_connected',
      'ws_error',
      'error_listener',
      'ws_disconnected',
    ])
    await expectInConnection('ws_error', 'error_listener')
    expect(capture.named('ws_error')[0]?.attributes['exception.message']).toBe(message)
    // The error has had its line; listeners of units get it all the same.
    expect(Object.keys(capture.named('ws_disconnected')[0]?.attributes ?? {})).not.toContain('exception.type')
    expect(units).toMatchObject([{ kind: 'connection', outcome: 'error', error: { message } }])
  })

  it('does not take an error that nobody listens to away from Node', async () => {
    await open(() => {})
    const [socket] = plain.sockets as [WebSocket]
    socket.removeAllListeners('error')
    expect(() => socket.emit('error', new Error('broken'))).toThrow('broken')
    expect(capture.named('ws_error')).toHaveLength(1)
    socket.on('error', () => {})
  })

  it('is written when a listener of close throws', async () => {
    await open((socket) => {
      socket.on('close', () => {
        throw new Error('late')
      })
    })
    const [socket] = plain.sockets as [WebSocket]
    expect(() => socket.emit('close', 1000, Buffer.alloc(0))).toThrow('late')
    expect(capture.named('ws_disconnected')).toHaveLength(1)
    socket.removeAllListeners('close')
    socket.terminate()
    await once(socket, 'close')
    expect(capture.named('ws_disconnected')).toHaveLength(1)
  })
})
