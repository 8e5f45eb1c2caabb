import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from '@jest/globals'
import { initTelemetry } from '@throughline/core'
import type { OtlpSpan } from '@throughline/otlp'
import { WebSocketServer } from 'ws'
import type { WsOptions } from '../../src/options.js'
import { instrumentWebSocketServer } from '../../src/server/instrument.js'
import { Capture } from '../capture.js'
import { Client } from '../client.js'
import { PlainServer } from '../plain-server.js'
import { Tracing } from '../tracing.js'
import { listening, stopServer } from '../ways-in.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'

let tracing: Tracing
let plain: PlainServer | undefined

afterEach(async () => {
  await plain?.stop()
  plain = undefined
  await tracing.stop()
})

/** The spans of one connection that was opened with these headers. */
async function spansOf(
  options: WsOptions,
  headers: Record<string, string>,
  ratio = '1',
): Promise<OtlpSpan[]> {
  tracing = await Tracing.start({ OTEL_TRACES_SAMPLER_ARG: ratio })
  plain = await PlainServer.start(options, () => {}, { path: '/ws' })
  await Client.open(`${plain.url}/ws?x=1`, { headers })
  return tracing.spans()
}

describe('the span of an upgrade', () => {
  it.each<[string, WsOptions, string, string, [string, string | undefined][]]>([
    ["a trusted peer's trace", { trust: 'loopback' }, '01', '0', [[TRACE, PARENT]]],
    ["a trusted peer's that is not sampled", { trust: 'loopback' }, '00', '1', []],
    ["a stranger's trace, by our ratio", {}, '00', '1', [[TRACE, PARENT]]],
    ["a stranger's that our ratio leaves out", {}, '01', '0', []],
  ])('goes on from %s', async (_, options, flags, ratio, expected) => {
    const spans = await spansOf(options, { traceparent: `00-${TRACE}-${PARENT}-${flags}` }, ratio)

    expect(spans.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual(expected)
  })

  it('has the path that the server takes as its route', async () => {
    expect(await spansOf({}, {})).toMatchObject([
      { name: 'GET /ws', attributes: { 'http.route': '/ws', 'url.path': '/ws' } },
    ])
  })

  it('names what the client sees where a proxy is believed', async () => {
    const headers = {
      'x-forwarded-for': '9.9.9.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'draft.test:8443',
      'user-agent': 'check/1.0',
    }

    expect(await spansOf({ trustProxy: true }, headers)).toMatchObject([
      {
        attributes: {
          'client.address': '9.9.9.9',
          'url.scheme': 'https',
          'server.address': 'draft.test',
          'server.port': 8443,
          'network.peer.address': '127.0.0.1',
          'user_agent.original': 'check/1.0',
        },
      },
    ])
  })

  it('has ended while the connection goes on', async () => {
    const [span] = await spansOf({}, {})

    expect(plain?.sockets[0]?.readyState).toBe(1)
    expect(span?.status).toEqual({ code: 'UNSET', message: '' })
  })

  it('fails with a handler that throws, and the error goes on', async () => {
    tracing = await Tracing.start()
    const server = createServer().listen(0)
    const sockets = new WebSocketServer({ noServer: true, clientTracking: true })
    instrumentWebSocketServer(sockets)
    const thrown = new Promise((resolve) => {
      server.on('upgrade', (request, socket, head) => {
        try {
          sockets.handleUpgrade(request, socket, head, () => {
            throw new TypeError('no seat')
          })
        } catch (error) {
          resolve(error)
        }
      })
    })
    await Client.open(`ws://127.0.0.1:${await listening(server)}`)

    expect(await thrown).toMatchObject({ message: 'no seat' })
    expect(await tracing.spans()).toMatchObject([
      {
        name: 'GET',
        status: { code: 'ERROR', message: 'no seat' },
        attributes: { 'error.type': 'TypeError', 'http.response.status_code': 101 },
      },
    ])
    await stopServer(server, sockets)
  })

  it('is not there for a socket that was open before', async () => {
    tracing = await Tracing.start()
    const capture = new Capture()
    const server = new WebSocketServer({ port: 0 })
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    await Client.open(`ws://127.0.0.1:${port}`)
    instrumentWebSocketServer(server, { messageSpans: true })
    const [client] = server.clients
    client?.emit('message', Buffer.from('x'), false)
    capture.stop()
    client?.terminate()
    server.close()

    expect((await tracing.spans()).map(({ name, links }) => [name, links])).toEqual([
      ['receive websocket', []],
    ])
  })
})

it('costs a connection nothing while OpenTelemetry is off', async () => {
  tracing = await Tracing.start({ OTEL_ENABLED: 'false' })
  plain = await PlainServer.start({ messageSpans: true }, (socket) => {
    socket.on('message', () => socket.send('answer'))
  })
  const client = await Client.open(plain.url)
  client.socket.send('x')

  expect(await client.next()).toBe('answer')
  expect(initTelemetry().config.tracing).toBe(false)
  expect(await tracing.spans()).toEqual([])
})
