import { afterEach, describe, expect, it } from '@jest/globals'
import { Redis } from 'ioredis'
import { findNativeRedis, startRedis, type RedisOptions } from '../src/index.js'

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

async function start(options?: RedisOptions) {
  const service = await startRedis(options)
  stops.push(service.stop)
  return service
}

function connect(url: string): Redis {
  const client = new Redis(url)
  stops.push(() => client.disconnect())
  return client
}

const kinds = findNativeRedis() ? (['embedded', 'native'] as const) : (['embedded'] as const)

describe.each(kinds)('startRedis, %s', (prefer) => {
  it('starts a server that keeps what a client sets', async () => {
    const service = await start({ prefer })
    const client = connect(service.url)

    await client.set('pick', '7')

    expect(await client.get('pick')).toBe('7')
    expect(new URL(service.url).hostname).toBe('127.0.0.1')
    expect(await client.info('server')).toContain(`_version:${service.version}`)
  })

  it('answers a client that waits', async () => {
    const { url } = await start({ prefer })

    const waiting = connect(url).brpop('queue', 0)
    await connect(url).lpush('queue', 'job')

    expect(await waiting).toEqual(['queue', 'job'])
  })

  it('keeps two servers apart', async () => {
    const [first, second] = await Promise.all([start({ prefer }), start({ prefer })])

    await connect(first.url).set('only', 'here')

    expect(first.url).not.toBe(second.url)
    expect(await connect(second.url).get('only')).toBeNull()
  })

  it('stops, and may be stopped again', async () => {
    const service = await start({ prefer })

    await Promise.all([service.stop(), service.stop()])
    await service.stop()

    const client = new Redis(service.url, { lazyConnect: true, retryStrategy: () => null })
    client.on('error', () => undefined)
    await expect(client.connect()).rejects.toThrow('closed')
  })
})

describe('startRedis', () => {
  it('takes a given server as it is and does not stop it', async () => {
    const own = await start()

    const given = await start({ url: ` ${own.url} ` })
    await given.stop()

    expect(given).toMatchObject({ url: own.url, kind: 'given', version: undefined })
    expect(await connect(own.url).ping()).toBe('PONG')
  })

  it('takes a blank address for none', async () => {
    expect((await start({ url: '  ', prefer: 'embedded' })).kind).toBe('embedded')
  })
})
