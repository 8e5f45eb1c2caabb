import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { OrdersController } from '../support/orders.js'
import { platforms, type Running, start } from '../support/applications.js'
import { call, firstBytes, openSocket } from '../support/client.js'
import { conformance } from '../conformance/cases.js'

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

describe.each(platforms)('X-Request-ID on $platform', ({ platform }) => {
  let running: Running

  beforeAll(async () => {
    running = await start(platform, { controllers: [OrdersController] })
  })
  afterAll(() => running.stop())

  /** The id that was echoed, once the lines of the request bear it too. */
  async function echoed(headers: Record<string, string | string[]>): Promise<string> {
    const { requestId } = await call(running.port, '/orders/ok/1', { headers })
    await running.records.completion(requestId)
    expect(running.records.of(requestId).length).toBeGreaterThanOrEqual(3)
    return requestId
  }

  it.each(conformance('request-id'))('conforms: $id', async ({ input, expected }) => {
    const given = input['X-Request-ID']
    const requestId = await echoed(typeof given === 'string' ? { 'x-request-id': given } : {})

    if (expected['requestId'] === '<uuid v4>') expect(requestId).toMatch(UUID_V4)
    else expect(requestId).toBe(expected['requestId'])
  })

  it.each([
    ['128 characters', 'a'.repeat(128)],
    ['all that is allowed', 'AZaz09._~:/+=@-'],
  ])('is accepted: %s', async (_, given) => {
    expect(await echoed({ 'x-request-id': given })).toBe(given)
  })

  it.each([
    ['129 characters', 'a'.repeat(129)],
    ['12,000 characters', 'a'.repeat(12_000)],
    ['a space', 'a b'],
    ['a tab', 'a\tb'],
    ['quotes', '"a"'],
    ['markup', '<script>'],
    ['a control character of C1', 'a\u009bb'],
    ['Latin-1', 'café'],
  ])('is replaced: %s', async (_, given) => {
    expect(await echoed({ 'x-request-id': given })).toMatch(UUID_V4)
  })

  it.each([
    ['NUL', '\u0000'],
    ['ESC', '\u001b'],
    ['DEL', '\u007f'],
  ])('never comes to the application with %s: Node refuses the request', async (_, control) => {
    const socket = await openSocket(
      running.port,
      `GET /orders/ok/1 HTTP/1.1\r\nHost: test\r\nX-Request-ID: a${control}b\r\nConnection: close\r\n\r\n`,
    )

    expect((await firstBytes(socket)).split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request')
    socket.destroy()
  })

  it('is the first id where the header is repeated', async () => {
    expect(await echoed({ 'x-request-id': ['one', 'two'] })).toBe('one')
  })
})
