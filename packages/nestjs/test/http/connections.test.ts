import { Agent } from 'node:http'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { OrdersController } from '../support/orders.js'
import { platforms, type Running, start } from '../support/applications.js'
import { call, firstBytes, openSocket } from '../support/client.js'
import { comparable, completionLine } from '../support/records.js'

function get(path: string, requestId: string, more = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: test\r\nX-Request-ID: ${requestId}\r\n${more}\r\n`
}

describe.each(platforms)('a connection on $platform', ({ platform }) => {
  let running: Running

  beforeAll(async () => {
    running = await start(platform, { controllers: [OrdersController] })
  })
  afterAll(() => running.stop())

  it('completes a request as aborted when the client leaves before the response', async () => {
    const { port, records } = running
    const socket = await openSocket(port, get('/orders/slow?to=leave', 'left-early'))
    await records.until(
      ({ event, context }) => event === 'slow_started' && context['request.id'] === 'left-early',
    )
    socket.destroy()

    // No status: none was sent.
    expect(comparable(await records.completion('left-early'))).toEqual(
      completionLine(
        'request_completed',
        {
          'http.request.method': 'GET',
          'http.route': '/orders/slow',
          'url.path': '/orders/slow',
          'client.address': '127.0.0.1',
          'http.aborted': true,
          duration_ms: '<ms>',
        },
        { 'request.id': 'left-early' },
      ),
    )
  })

  it('completes a request as aborted when the client leaves in the middle of the response', async () => {
    const { port, records } = running
    const socket = await openSocket(port, get('/orders/trickle', 'left-midway'))
    await firstBytes(socket)
    socket.destroy()

    expect(comparable(await records.completion('left-midway'))).toEqual(
      completionLine(
        'request_completed',
        {
          'http.request.method': 'GET',
          'http.route': '/orders/trickle',
          'url.path': '/orders/trickle',
          'http.response.status_code': 200,
          'client.address': '127.0.0.1',
          'http.aborted': true,
          duration_ms: '<ms>',
        },
        { 'request.id': 'left-midway' },
      ),
    )
  })

  it('completes pipelined requests whose turn never came', async () => {
    const { port, records } = running
    const ids = ['piped-0', 'piped-1', 'piped-2']
    const socket = await openSocket(port, ids.map((id) => get('/orders/slow', id)).join(''))
    await records.until(
      ({ event, context }) => event === 'slow_started' && ids.includes(String(context['request.id'])),
      3,
    )
    socket.destroy()
    const lines = await Promise.all(ids.map((id) => records.completion(id)))

    expect(lines.map(({ attributes }) => attributes['http.aborted'])).toEqual([true, true, true])
  })

  it('keeps pipelined requests apart', async () => {
    const { port, records } = running
    const ids = ['train-0', 'train-1', 'train-2']
    const close = 'Connection: close\r\n'
    const socket = await openSocket(
      port,
      ids.map((id, at) => get(`/orders/ok/${id}`, id, at === 2 ? close : '')).join(''),
    )
    socket.resume()
    await once(socket, 'close')
    await Promise.all(ids.map((id) => records.completion(id)))

    for (const id of ids) {
      expect(records.of(id).map(({ event }) => event)).toEqual([
        'before_await',
        'after_await',
        'request_completed',
      ])
      expect(records.of(id)[1]?.attributes).toEqual({ id })
    }
  })

  it('starts the second request of a connection without anything of the first', async () => {
    const { port, records } = running
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const first = await call(port, '/orders/guarded', { agent, headers: { user: '{"id":7}' } })
    const second = await call(port, '/orders/ok/2', { agent })
    agent.destroy()
    await records.completion(second.requestId)

    expect((await records.completion(first.requestId)).context).toEqual({
      'request.id': first.requestId,
      'user.id': 7,
    })
    expect(records.of(second.requestId).map(({ event, context }) => ({ event, context }))).toEqual(
      ['before_await', 'after_await', 'request_completed'].map((event) => ({
        event,
        context: { 'request.id': second.requestId },
      })),
    )
  })

  it('mixes nothing among 500 interleaved requests', async () => {
    const { port, records } = running
    const agent = new Agent({ keepAlive: true, maxSockets: 100 })
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, number) =>
        call(port, `/orders/many/${number}`, { agent, headers: { 'x-request-id': `many-${number}` } }),
      ),
    )
    agent.destroy()
    const isMany = ({ context }: { context: object }): boolean =>
      String((context as Record<string, unknown>)['request.id']).startsWith('many-')
    await records.until(({ event, context }) => event === 'many' && isMany({ context }), 2_500)
    await records.until(({ event, context }) => event === 'request_completed' && isMany({ context }), 500)

    expect(answers.map(({ body, requestId }) => [body, requestId])).toEqual(
      answers.map((_, number) => [String(number), `many-${number}`]),
    )
    const mixed = records.own.filter(
      ({ event, attributes, context }) =>
        event === 'many' && context['request.id'] !== `many-${String(attributes['number'])}`,
    )
    expect(mixed).toEqual([])
    for (let number = 0; number < 500; number++) {
      const lines = records.of(`many-${number}`)
      expect(lines.filter(({ event }) => event === 'request_completed')).toHaveLength(1)
      expect(
        lines.filter(({ event }) => event === 'many').map(({ attributes }) => attributes['line']),
      ).toEqual([0, 1, 2, 3, 4])
    }
  })
})
