import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { encodeContext } from '@throughline/core'
import { resolveSettings } from '@throughline/core/binding'
import { WebSocket } from 'ws'
import { carrierOf, contextOf, readEnvelope } from '../../src/message/envelope.js'
import { Capture } from '../capture.js'
import { Client } from '../client.js'
import { LABELS, log } from '../draft.js'
import { PlainServer } from '../plain-server.js'

const FIELDS = { 'request.id': 'abc', 'user.id': 7, 'tournament.id': 5, 'job.id': '1', 'ws.conn_id': 'mine' }
const CROSSING = { 'request.id': 'abc', 'user.id': 7, 'tournament.id': 5 }

const read = (message: unknown, isBinary = false): unknown => {
  const text = typeof message === 'string' ? message : JSON.stringify(message)
  const envelope = readEnvelope(Buffer.from(text), isBinary)
  const fields = envelope && contextOf(envelope, resolveSettings({ labels: LABELS }))
  return fields === undefined ? undefined : { ...fields }
}

describe('contextOf', () => {
  it.each<[string, unknown]>([
    ['an object of fields', FIELDS],
    ['what encodeContext wrote', encodeContext(FIELDS)],
  ])('reads what may cross a hop from %s', (_name, context) => {
    expect(read({ event: 'pick', data: 1, context })).toEqual(CROSSING)
  })

  it.each<[string, unknown, unknown]>([
    ['a message without one', { event: 'pick' }, undefined],
    ['text that is not JSON', 'about "context"', undefined],
    ['a list', [{ context: FIELDS }], undefined],
    ['null', 'null', undefined],
    ['null as the context', { context: null }, {}],
    ['a number as the context', { context: 5 }, {}],
    ['a list as the context', { context: ['request.id'] }, {}],
    ['a broken header', { context: '%%%' }, {}],
    ['an unsafe request id', { context: { 'request.id': 'a b' } }, {}],
    ['a request id that is no text', { context: { 'request.id': 5 } }, {}],
    ['a prototype', '{"context":{"__proto__":{"user.id":1}}}', {}],
    ['a message beyond 64 KiB', { context: FIELDS, data: 'x'.repeat(65_536) }, undefined],
  ])('finds nothing in %s', (_name, message, fields) => {
    expect(read(message)).toEqual(fields)
  })

  it('does not look into binary messages', () => {
    expect(read({ context: FIELDS }, true)).toBeUndefined()
  })
})

describe('carrierOf', () => {
  it.each<[string, unknown, unknown]>([
    [
      'both members',
      { traceparent: 'a', tracestate: 'b', baggage: 'c' },
      { traceparent: 'a', tracestate: 'b' },
    ],
    ['the one that is needed', { traceparent: 'a', tracestate: 1 }, { traceparent: 'a' }],
    ['one that is no text', { traceparent: 1 }, undefined],
  ])('reads %s', (_name, message, carrier) => {
    const envelope = readEnvelope(Buffer.from(JSON.stringify(message)), false)
    expect(envelope && carrierOf(envelope)).toEqual(carrier)
  })
})

describe('the context of a message', () => {
  let capture: Capture
  let plain: PlainServer

  beforeEach(() => {
    capture = new Capture()
  })

  afterEach(async () => {
    await plain.stop()
    capture.stop()
  })

  async function handled(options: Parameters<typeof PlainServer.start>[0]): Promise<unknown[]> {
    plain = await PlainServer.start(options, (socket: WebSocket) => {
      socket.on('message', () => log.info('handled'))
    })
    const client = await Client.open(plain.url, { headers: { 'x-request-id': 'upgrade' } })
    client.socket.send(JSON.stringify({ context: FIELDS }))
    client.socket.send('{}')
    const lines = await capture.until('handled', 2)
    return lines.map(({ context }) => [context['request.id'], context['user.id'], context['tournament.id']])
  }

  it('is read from a trusted peer, for that message', async () => {
    expect(await handled({ messageContext: true, trust: 'loopback', labels: LABELS })).toEqual([
      ['abc', 7, 5],
      ['upgrade', undefined, undefined],
    ])
  })

  it.each([
    ['from a stranger', { messageContext: true, labels: LABELS }],
    ['without the option', { trust: 'loopback' as const, labels: LABELS }],
  ])('is not read %s', async (_name, options) => {
    expect(await handled(options)).toEqual([
      ['upgrade', undefined, undefined],
      ['upgrade', undefined, undefined],
    ])
  })
})
