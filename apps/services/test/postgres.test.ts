import { afterEach, describe, expect, it } from '@jest/globals'
import { Client } from 'pg'
import { startPostgres, type PostgresOptions } from '../src/index.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

async function start(options?: PostgresOptions) {
  const service = await startPostgres(options)
  stops.push(service.stop)
  return service
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  stops.push(() => client.end())
  return client
}

describe('startPostgres', () => {
  it('starts a server that answers on loopback', async () => {
    const service = await start()
    const client = await connect(service.url)

    await client.query('create table picks (id integer, name text)')
    await client.query('insert into picks values ($1, $2)', [7, 'Zoë'])

    expect((await client.query('select * from picks')).rows).toEqual([{ id: 7, name: 'Zoë' }])
    expect((await client.query('show server_version')).rows).toEqual([{ server_version: service.version }])
    expect((await client.query('show listen_addresses')).rows).toEqual([{ listen_addresses: '127.0.0.1' }])
  })

  it('wants its password', async () => {
    const url = new URL((await start()).url)
    url.password = 'guessed'

    await expect(connect(url.href)).rejects.toThrow('password authentication failed')
  })

  it('keeps two servers apart', async () => {
    const [first, second] = await Promise.all([start(), start()])
    const [one, two] = [await connect(first.url), await connect(second.url)]

    await one.query('create table only_here ()')

    expect((await two.query(`select to_regclass('only_here') as found`)).rows).toEqual([{ found: null }])
  })

  it('stops with clients connected, and may be stopped again', async () => {
    const service = await start()
    const client = new Client({ connectionString: service.url })
    await client.connect()
    const lost: string[] = []
    client.on('error', (error) => lost.push(error.message))
    // Not events.once, which an error event rejects.
    const ended = new Promise<void>((resolve) => client.on('end', resolve))

    await Promise.all([service.stop(), service.stop()])
    await ended

    expect(lost[0]).toContain('terminating connection')
    await expect(connect(service.url)).rejects.toThrow('ECONNREFUSED')
  })

  it('takes a given server as it is and does not stop it', async () => {
    const own = await start()

    const given = await start({ url: own.url })
    await given.stop()

    expect(given).toMatchObject({ url: own.url, kind: 'given', version: undefined })
    expect((await (await connect(own.url)).query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})
