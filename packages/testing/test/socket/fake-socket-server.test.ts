import { describe, expect, it, jest } from '@jest/globals'
import { createFakeSocketServer } from '@throughline/testing'
import type { WebSocketServer } from 'ws'

/** What users write against ws. */
function serveEcho(server: WebSocketServer): void {
  server.on('connection', (socket, request) => {
    socket.send(
      `hello ${request.url} from ${request.socket.remoteAddress} ${String(request.headers['x-request-id'])}`,
    )
    socket.on('message', (data: Buffer) => socket.send(data.toString()))
  })
}

describe('createFakeSocketServer', () => {
  it('connects sockets to what attached to it', () => {
    const server = createFakeSocketServer()
    serveEcho(server)
    const socket = server.connect({
      url: '/ws/drafts/7',
      headers: { 'X-Request-ID': 'abc' },
      remoteAddress: '10.0.0.1',
      protocol: 'v1',
    })
    socket.receive('ping')
    expect(socket.sent).toEqual(['hello /ws/drafts/7 from 10.0.0.1 abc', 'ping'])
    expect(socket.protocol).toBe('v1')
  })

  it('knows its clients while they are connected', () => {
    const server = createFakeSocketServer()
    const [first, second] = [server.connect(), server.connect()]
    expect([...server.clients]).toEqual([first, second])
    first.closeWith()
    expect([...server.clients]).toEqual([second])
  })

  it('accepts through handleUpgrade, where instrumentation hooks in', () => {
    const server = createFakeSocketServer()
    const order: string[] = []
    const original = server.handleUpgrade.bind(server)
    server.handleUpgrade = (request, socket, head, callback) => {
      order.push(`upgrade ${request.url}`)
      original(request, socket, head, callback)
    }
    server.on('connection', () => order.push('connection'))
    server.connect({ url: '/ws' })
    expect(order).toEqual(['upgrade /ws', 'connection'])
  })

  it('closes', async () => {
    const server = createFakeSocketServer()
    const closed = jest.fn()
    server.on('close', closed)
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
    expect(closed).toHaveBeenCalledTimes(1)
  })
})
