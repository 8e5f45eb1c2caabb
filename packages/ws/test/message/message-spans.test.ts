import { once } from 'node:events'
import { trace } from '@opentelemetry/api'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { OtlpSpan } from '@throughline/otlp'
import type { WebSocket } from 'ws'
import type { WsOptions } from '../../src/options.js'
import { Capture } from '../capture.js'
import { Client } from '../client.js'
import { PlainServer } from '../plain-server.js'
import { Tracing } from '../tracing.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'
const TRACEPARENT = `00-${TRACE}-${PARENT}-01`

interface Setup extends WsOptions {
  env?: Record<string, string>
}

let tracing: Tracing | undefined
let plain: PlainServer
let capture: Capture

afterEach(async () => {
  await plain.stop()
  capture.stop()
  await tracing?.stop()
  tracing = undefined
})

/** A connection whose server answers each message with one of its own span. */
async function connect(
  { env = {}, ...options }: Setup,
  onMessage?: (socket: WebSocket) => void,
): Promise<Client> {
  tracing = await Tracing.start(env)
  capture = new Capture()
  plain = await PlainServer.start({ messageSpans: true, ...options }, (socket) => {
    socket.on('message', () => {
      if (onMessage !== undefined) return onMessage(socket)
      trace.getTracer('test').startActiveSpan('driver', (span) => span.end())
      socket.send('answer')
    })
  })
  return Client.open(`${plain.url}/draft`)
}

async function spansNamed(name: string): Promise<OtlpSpan[]> {
  return ((await tracing?.spans()) ?? []).filter((span) => span.name === name)
}

async function upgrade(): Promise<OtlpSpan> {
  const [span] = await spansNamed('GET')
  return span as OtlpSpan
}

const linkTo = ({ traceId, spanId }: OtlpSpan): OtlpSpan['links'] => [{ traceId, spanId, attributes: {} }]

describe('the span of a message', () => {
  it('is above what its listeners do', async () => {
    const client = await connect({})
    client.socket.send(Buffer.from([1, 2, 3]))
    await client.next()
    const [received] = await spansNamed('receive websocket')
    const below = [...(await spansNamed('driver')), ...(await spansNamed('send websocket'))]

    expect(received).toMatchObject({
      kind: 'CONSUMER',
      parentSpanId: undefined,
      links: linkTo(await upgrade()),
      attributes: { 'ws.message.type': 'binary', 'ws.message.size': 3 },
    })
    expect(below.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual(
      below.map(() => [received?.traceId, received?.spanId]),
    )
    expect(below).toHaveLength(2)
  })

  it('fails with a listener that throws', async () => {
    await connect({}, () => {
      throw new RangeError('no such hero')
    })
    expect(() => plain.sockets[0]?.emit('message', Buffer.from('x'), false)).toThrow('no such hero')

    expect(await spansNamed('receive websocket')).toMatchObject([
      {
        status: { code: 'ERROR', message: 'no such hero' },
        events: [{ name: 'exception' }],
        attributes: { 'error.type': 'RangeError' },
      },
    ])
  })

  it('is not there unless it is asked for: what listeners do is below the upgrade', async () => {
    const client = await connect({ messageSpans: false })
    client.socket.send('x')
    await client.next()
    const { traceId, spanId } = await upgrade()

    expect((await tracing?.spans())?.map(({ name }) => name).toSorted()).toEqual(['GET', 'driver'])
    expect(await spansNamed('driver')).toMatchObject([{ traceId, parentSpanId: spanId }])
  })

  it('decides on its own whether it is sampled', async () => {
    // Of a thousand traces none goes with its upgrade alone.
    const client = await connect({ env: { OTEL_TRACES_SAMPLER_ARG: '0.5' } })
    for (let sent = 0; sent < 60; sent++) client.socket.send('x')
    for (let answered = 0; answered < 60; answered++) await client.next()
    const received = await spansNamed('receive websocket')

    expect(received.length).toBeGreaterThan(0)
    expect(received.length).toBeLessThan(60)
  })

  it.each<[string, WsOptions, string | undefined]>([
    ['of a trusted peer', { trust: 'loopback', messageContext: true }, PARENT],
    ['of a stranger', { messageContext: true }, undefined],
    ['where nobody asked for it', { trust: 'loopback' }, undefined],
  ])('is below the traceparent in a message %s', async (_, options, parent) => {
    const client = await connect(options)
    client.socket.send(JSON.stringify({ event: 'pick', traceparent: TRACEPARENT, tracestate: 'vendor=1' }))
    await client.next()

    expect(
      (await spansNamed('receive websocket')).map(({ parentSpanId, traceState, links }) => [
        parentSpanId,
        traceState,
        links.length,
      ]),
    ).toEqual([[parent, parent === undefined ? '' : 'vendor=1', 1]])
  })

  it('is not there on an excluded path, nor anything below it', async () => {
    const client = await connect({ env: { OTEL_TRACING_EXCLUDED_URL_PATHS: 'draft' } })
    client.socket.send('x')
    await client.next()
    await client.close()
    await capture.until('ws_disconnected')

    expect(await tracing?.spans()).toEqual([])
    expect(capture.traces).toEqual(
      capture.traces.map(() => ({ traceId: expect.any(String), spanId: expect.any(String), traceFlags: 0 })),
    )
  })
})

describe('the span of a message that is sent', () => {
  /** What the span says after `send` was called on the server's side. */
  async function sent(send: (socket: WebSocket) => unknown): Promise<Partial<OtlpSpan>[]> {
    await connect({})
    await send(plain.sockets[0] as WebSocket)
    const link = linkTo(await upgrade())
    const spans = await spansNamed('send websocket')
    expect(spans.map(({ kind, links }) => [kind, links])).toEqual(spans.map(() => ['PRODUCER', link]))
    return spans
  }

  const told = (socket: WebSocket, data: string | Uint8Array): Promise<unknown> =>
    new Promise((resolve) => socket.send(data, resolve))

  it.each<[string, (socket: WebSocket) => unknown, unknown[]]>([
    ['text', (socket) => socket.send('zürich'), ['text', 7]],
    ['bytes', (socket) => socket.send(new Uint8Array(5)), ['binary', 5]],
    ['a buffer as text', (socket) => socket.send(Buffer.from('abc'), { binary: false }), ['text', 3]],
    ['nothing', (socket) => socket.send(''), ['text', 0]],
    ['text with a callback', (socket) => told(socket, 'abc'), ['text', 3]],
  ])('tells of %s', async (_, send, expected) => {
    expect(
      (await sent(send)).map(({ attributes }) => [
        attributes?.['ws.message.type'],
        attributes?.['ws.message.size'],
      ]),
    ).toEqual([expected])
  })

  it('is one for a message in fragments', async () => {
    const spans = await sent((socket) => {
      socket.send('one ', { fin: false })
      socket.send('two', { fin: true })
    })

    expect(spans).toHaveLength(1)
  })

  it('fails where the callback is told of an error, in the context of the send', async () => {
    const [span] = await sent(async (socket) => {
      ;(socket as unknown as { _socket: { destroy(): void } })._socket.destroy()
      expect(await told(socket, 'lost')).toMatchObject({ message: expect.any(String) })
    })

    expect(span).toMatchObject({ status: { code: 'ERROR' }, events: [{ name: 'exception' }] })
  })

  it('fails where the call throws', async () => {
    const [span] = await sent((socket) => {
      expect(() => socket.send(Symbol('no data') as never)).toThrow()
    })

    expect(span).toMatchObject({ status: { code: 'ERROR' } })
  })

  it('is not there for a socket that is closed', async () => {
    const spans = await sent(async (socket) => {
      socket.terminate()
      await once(socket, 'close')
      await told(socket, 'late')
    })

    expect(spans).toEqual([])
  })
})
