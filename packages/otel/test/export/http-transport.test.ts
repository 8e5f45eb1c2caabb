import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { httpOptions } from '../../src/export/http-options.js'
import { HttpTransport } from '../../src/export/http-transport.js'

type Handler = (request: IncomingMessage, response: ServerResponse, number: number) => void

const DATA = Buffer.from('data')
let server: Server
let transport: HttpTransport

afterEach(() => {
  transport.stop(new Error('the test is over'))
  server.close()
  server.closeAllConnections()
})

/** A server that does what the test says, and a transport to it that notes failed attempts. */
async function start(handler: Handler): Promise<{ troubles: string[]; url: string; count: () => number }> {
  let count = 0
  server = createServer((request, response) => {
    request.resume().on('end', () => handler(request, response, ++count))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs?key=1`
  const troubles: string[] = []
  transport = new HttpTransport(httpOptions('logs', url, { a: 'b' }), (error, attempts) => {
    troubles.push(`${attempts} ${error.message}`)
  })
  return { troubles, url, count: () => count }
}

describe('HttpTransport', () => {
  it('posts to the URL as it stands, with its credentials as a header', async () => {
    const seen: Partial<IncomingMessage>[] = []
    await start((request, response) => {
      seen.push(request)
      response.end('answer')
    })
    expect(await transport.send(DATA, 5_000)).toEqual({ status: 'success', answer: Buffer.from('answer') })
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/v1/logs?key=1',
      headers: {
        a: 'b',
        authorization: `Basic ${Buffer.from('user:secret').toString('base64')}`,
        'content-type': 'application/x-protobuf',
        'content-length': '4',
        'user-agent': expect.stringMatching(/^throughline\/\S+ OTel-OTLP-Exporter-JavaScript$/),
      },
    })
  })

  it('uses one connection for one export after the other', async () => {
    const ports = new Set<number | undefined>()
    await start(({ socket }, response) => {
      ports.add(socket.remotePort)
      response.end()
    })
    for (let i = 0; i < 3; i++) await transport.send(DATA, 5_000)
    expect(ports.size).toBe(1)
  })

  it('waits until the date of a Retry-After', async () => {
    const { count } = await start((_, response, number) => {
      if (number === 1) response.writeHead(503, { 'retry-after': new Date(Date.now() + 2_000).toUTCString() })
      response.end()
    })
    const before = performance.now()
    expect(await transport.send(DATA, 10_000)).toMatchObject({ status: 'success' })
    expect(performance.now() - before).toBeGreaterThan(500)
    expect(count()).toBe(2)
  })

  it('has the next export wait as well', async () => {
    const { count } = await start((_, response) => response.writeHead(429, { 'retry-after': '30' }).end())
    expect(await transport.send(DATA, 1_000)).toMatchObject({ status: 'retryable' })
    expect(await transport.send(DATA, 1_000)).toMatchObject({ status: 'failure' })
    expect(count()).toBe(1)
  })

  it.each([301, 400, 404, 500])('does not repeat what was answered with %p', async (status) => {
    const { count, troubles } = await start((_, response) => response.writeHead(status).end())
    expect(await transport.send(DATA, 5_000)).toMatchObject({ status: 'failure', error: { code: status } })
    expect({ count: count(), troubles }).toEqual({ count: 1, troubles: [] })
  })

  it('refuses an answer that no collector gives', async () => {
    await start((_, response) => response.end(Buffer.alloc(100_000)))
    expect(await transport.send(DATA, 5_000)).toMatchObject({ status: 'failure' })
  })

  it('gives up when the time of the export is over', async () => {
    await start(() => {})
    const result = await transport.send(DATA, 100)
    expect(result).toMatchObject({ status: 'failure', error: { message: 'no answer within 100 ms' } })
  })

  it('ends a pause when somebody waits', async () => {
    const { troubles } = await start((_, response, number) =>
      response.writeHead(number === 1 ? 502 : 200).end(),
    )
    const sent = transport.send(DATA, 10_000)
    while (troubles.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const before = performance.now()
    transport.hurry()
    expect(await sent).toMatchObject({ status: 'success' })
    expect(performance.now() - before).toBeLessThan(700)
    expect(troubles).toEqual(['1 HTTP 502 Bad Gateway'])
  })

  it('stops at once', async () => {
    const { count } = await start(() => {})
    const sent = transport.send(DATA, 10_000)
    while (count() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    transport.stop(new Error('enough'))
    expect(await sent).toMatchObject({ status: 'failure', error: { message: 'enough' } })
    expect(await transport.send(DATA, 10_000)).toMatchObject({ status: 'failure' })
    expect(count()).toBe(1)
  })
})
