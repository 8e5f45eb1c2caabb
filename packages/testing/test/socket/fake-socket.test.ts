import { describe, expect, it, jest } from '@jest/globals'
import { createFakeSocket } from '@throughline/testing'
import type { WebSocket } from 'ws'

const turn = (): Promise<void> => Promise.resolve()

describe('createFakeSocket', () => {
  it('is an open WebSocket to the code under test', () => {
    const socket: WebSocket = createFakeSocket({ protocol: 'v1' })
    expect(socket).toMatchObject({ readyState: socket.OPEN, protocol: 'v1', url: '', bufferedAmount: 0 })
  })

  it('records text as strings and bytes as Buffers', () => {
    const socket = createFakeSocket()
    socket.send('text')
    socket.send(Buffer.from([1, 2]))
    socket.send(new Uint8Array([3, 4]).subarray(1))
    socket.send('as bytes', { binary: true })
    socket.send(Buffer.from('as text'), { binary: false })
    expect(socket.sent).toEqual([
      'text',
      Buffer.from([1, 2]),
      Buffer.from([4]),
      Buffer.from('as bytes'),
      'as text',
    ])
  })

  it('calls the callback of send after send has returned', async () => {
    const callback = jest.fn<(error?: Error) => void>()
    const socket = createFakeSocket()
    socket.send('text', callback)
    socket.send('text', {}, callback)
    expect(callback).not.toHaveBeenCalled()
    await turn()
    expect(callback.mock.calls).toEqual([[undefined], [undefined]])
  })

  it('emits text, bytes and objects as ws does', () => {
    const socket = createFakeSocket()
    const received: unknown[] = []
    socket.on('message', (data, isBinary) => received.push([data, isBinary]))
    socket.receive('text')
    socket.receive(Buffer.from([1]))
    socket.receive({ event: 'pick' })
    expect(received).toEqual([
      [Buffer.from('text'), false],
      [Buffer.from([1]), true],
      [Buffer.from('{"event":"pick"}'), false],
    ])
  })

  it('lets the peer close it', () => {
    const socket = createFakeSocket()
    const closes: unknown[] = []
    socket.on('close', (code, reason) => closes.push([code, reason.toString()]))
    socket.closeWith(4001, 'bye')
    socket.closeWith()
    expect(closes).toEqual([[4001, 'bye']])
    expect(socket.readyState).toBe(socket.CLOSED)
    expect(socket.closed).toBeUndefined()
  })

  it.each([
    [
      'close(4000, "full")',
      (socket: WebSocket) => socket.close(4000, 'full'),
      { code: 4000, reason: 'full' },
    ],
    ['close()', (socket: WebSocket) => socket.close(), { code: 1005, reason: '' }],
    ['terminate()', (socket: WebSocket) => socket.terminate(), { code: 1006, reason: '' }],
  ])('records %s and emits close afterwards', async (_title, close, closed) => {
    const socket = createFakeSocket()
    const codes: number[] = []
    socket.on('close', (code) => codes.push(code))
    close(socket)
    close(socket)
    expect(socket).toMatchObject({ closed, readyState: socket.CLOSING })
    expect(codes).toEqual([])
    await turn()
    expect(codes).toEqual([closed.code])
    expect(socket.readyState).toBe(socket.CLOSED)
  })

  it('gives an error to what is sent after the end', async () => {
    const socket = createFakeSocket()
    socket.closeWith()
    const callback = jest.fn<(error?: Error) => void>()
    socket.send('late', callback)
    socket.ping(callback)
    await turn()
    expect(callback.mock.calls.map(([error]) => error?.message)).toEqual([
      expect.stringContaining('readyState 3 (CLOSED)'),
      expect.stringContaining('readyState 3 (CLOSED)'),
    ])
    expect(socket.sent).toEqual([])
  })

  it('throws when it is written to before it is open', () => {
    expect(() => createFakeSocket({ readyState: 0 }).send('early')).toThrow('readyState 0 (CONNECTING)')
  })

  it('records pings and takes a pong', () => {
    const socket = createFakeSocket()
    const pong = jest.fn()
    socket.on('pong', pong)
    socket.ping('beat')
    socket.emit('pong', Buffer.from('beat'))
    expect(socket.pings).toEqual([Buffer.from('beat')])
    expect(pong).toHaveBeenCalledTimes(1)
  })

  it('lets its emit be wrapped, as instrumentation does', () => {
    const socket = createFakeSocket()
    const seen: unknown[] = []
    const emit = socket.emit.bind(socket)
    socket.emit = (event: string | symbol, ...args: unknown[]) => {
      seen.push(event)
      return emit(event, ...args)
    }
    socket.receive('text')
    socket.closeWith()
    expect(seen).toEqual(['message', 'close'])
  })

  describe('addEventListener', () => {
    it('gives events as browsers do', () => {
      const socket = createFakeSocket()
      const events: unknown[] = []
      socket.addEventListener('message', ({ type, data, target }) =>
        events.push([type, data, target === socket]),
      )
      socket.addEventListener('close', ({ code, reason, wasClean }) => events.push([code, reason, wasClean]))
      socket.receive('text')
      socket.receive(Buffer.from([1]))
      socket.closeWith(1000, 'bye')
      expect(events).toEqual([
        ['message', 'text', true],
        ['message', Buffer.from([1]), true],
        [1000, 'bye', true],
      ])
    })

    it('takes objects, once and removal', () => {
      const socket = createFakeSocket()
      const listener = jest.fn()
      const removed = jest.fn()
      socket.addEventListener('message', { handleEvent: listener })
      socket.addEventListener('message', listener, { once: true })
      socket.addEventListener('message', removed, { once: true })
      socket.removeEventListener('message', removed)
      socket.receive('one')
      socket.receive('two')
      expect(listener).toHaveBeenCalledTimes(3)
      expect(removed).not.toHaveBeenCalled()
    })
  })
})
