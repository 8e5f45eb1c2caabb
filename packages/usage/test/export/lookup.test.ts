import { createSocket, type Socket } from 'node:dgram'
import { promises } from 'node:dns'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from '@jest/globals'
import { nameServersAnswer } from '../../src/export/lookup.js'

const sockets: Socket[] = []

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close()
})

/** A name server that answers with that code, or never. */
async function nameServer(code?: number): Promise<promises.Resolver> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  sockets.push(socket)
  await once(socket, 'listening')
  socket.on('message', (query, { port, address }) => {
    if (code === undefined) return
    const answer = Buffer.from(query)
    answer.writeUInt16BE(0x8180 | code, 2)
    socket.send(answer, port, address)
  })
  const resolver = new promises.Resolver({ timeout: 30_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return resolver
}

describe('nameServersAnswer', () => {
  it.each([
    ['there is no such name', 3],
    ['there is no address', 0],
    ['it has failed', 2],
  ])('is true for one that says that %s', async (_, code) => {
    expect(await nameServersAnswer('collector.example', await nameServer(code))).toBe(true)
  })

  it('is false for one that is silent, after about a second', async () => {
    const startedAt = performance.now()
    expect(await nameServersAnswer('collector.example', await nameServer())).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it.each(['localhost', 'acme.localhost'])('asks nobody about %s', async (hostname) => {
    expect(await nameServersAnswer(hostname, await nameServer())).toBe(true)
  })
})
