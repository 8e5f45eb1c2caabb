import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import type { RequestRow } from '../../src/shared/api.js'
import { call } from '../support/call.js'
import { EventReader } from '../support/events.js'
import { rowOf } from '../support/stub-store.js'
import { atEnd, endAfterEach, testServer } from '../support/test-server.js'

endAfterEach()

async function open(port: number): Promise<EventReader> {
  const reader = await EventReader.open(port)
  atEnd(() => reader.close())
  return reader
}

async function eventually(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5)
}

/** A reader that takes nothing of what it is sent. */
async function deafReader(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  atEnd(() => socket.destroy())
  socket.pause()
  socket.write(`GET /api/stream HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`)
  return socket
}

const keys = (data: unknown) => (data as RequestRow[]).map(({ key }) => key)

describe('the stream', () => {
  it('begins with the status, and tells what changes from then on', async () => {
    const { port, store } = await testServer({ streams: { batchMs: 10 } })
    store.change(rowOf('before'))
    const reader = await open(port)
    expect(reader.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    })
    expect(await reader.first('status')).toMatchObject({ version: '1.2.3' })
    store.change(rowOf('a', '<b>\n\nevent: x'))
    store.change(rowOf('b'))
    store.evict('before')
    expect(keys(await reader.first('requests'))).toEqual(['a', 'b'])
    expect(await reader.first('gone')).toEqual(['before'])
    expect(reader.events.filter(({ name }) => name === 'requests')).toHaveLength(1)
  })

  it('sends changes in batches', async () => {
    const { port, store } = await testServer({ streams: { batchMs: 100 } })
    const reader = await open(port)
    for (let at = 0; at < 50; at += 1) {
      store.change(rowOf(`key-${at}`))
      if (at % 10 === 0) await sleep(2)
    }
    const all = () => reader.events.flatMap(({ name, data }) => (name === 'requests' ? keys(data) : []))
    await reader.until(() => all().length === 50)
    expect(reader.events.filter(({ name }) => name === 'requests').length).toBeLessThan(6)
    expect(new Set(all()).size).toBe(50)
  })

  it('tells every reader the same, and each from its own start', async () => {
    const { port, store } = await testServer({ streams: { batchMs: 10 } })
    const first = await open(port)
    store.change(rowOf('a'))
    await first.first('requests')
    const second = await open(port)
    store.change(rowOf('b'))
    expect(keys(await second.first('requests'))).toEqual(['b'])
    await first.until(() => first.events.filter(({ name }) => name === 'requests').length === 2)
  })

  it('does nothing while nobody listens', async () => {
    const { port, store } = await testServer({ streams: { batchMs: 10 } })
    expect(store.listeners).toBe(0)
    const readers = [await open(port), await open(port)]
    expect(store.listeners).toBe(1)
    for (const reader of readers) reader.close()
    await eventually(() => store.listeners === 0)
  })

  it('says now and then that it is there', async () => {
    const { port } = await testServer({ streams: { batchMs: 5, heartbeatMs: 20 } })
    const reader = await open(port)
    await reader.until(() => reader.events.filter(({ name }) => name === ':').length >= 2)
  })

  it('keeps nothing for a reader that is slow, lets it go, and goes on for the others', async () => {
    const { port, store } = await testServer({ streams: { batchMs: 5, stallMs: 100 } })
    const deaf = await deafReader(port)
    deaf.on('error', () => {})
    await eventually(() => store.listeners === 1)
    const reader = await open(port)
    const large = 'x'.repeat(200_000)
    let count = 0
    // Until the buffers of both systems are full, and the time is up.
    while (!deaf.closed && count < 2000) {
      store.change(rowOf(`key-${count}`, large))
      count += 1
      await sleep(5)
      if (count > 100) deaf.resume()
    }
    expect(deaf.closed).toBe(true)
    store.change(rowOf('last'))
    await reader.until(() =>
      reader.events.some(({ name, data }) => name === 'requests' && keys(data).includes('last')),
    )
  })

  it('has room for so many', async () => {
    const { port } = await testServer({ streams: { most: 2 } })
    const [first] = [await open(port), await open(port)]
    expect(await call(port, { path: '/api/stream' })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10' },
    })
    first.close()
    for (;;) {
      const reader = await open(port)
      if (reader.response.statusCode === 200) break
    }
  })

  it('ends when the console does', async () => {
    const server = await testServer()
    const reader = await open(server.port)
    await server.close()
    await reader.ended()
    expect(server.store.listeners).toBe(0)
  })
})
