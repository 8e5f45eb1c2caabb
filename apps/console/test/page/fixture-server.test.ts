import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { makeFixture } from '../support/fixture.js'
import { startFixtureServer, type FixtureServer } from '../support/fixture-server.js'

describe('the fixture server', () => {
  let server: FixtureServer

  beforeAll(async () => {
    server = await startFixtureServer(makeFixture(10), 'no-such-folder')
  })
  afterAll(() => server.close())

  it('answers a list by pages', async () => {
    const first = await get('/api/requests?limit=5')
    const second = await get(`/api/requests?limit=5&before=${first.next}`)
    expect([first.rows.length, first.rows[0].key, second.rows[0].key]).toEqual([
      5,
      'gave-up',
      expect.stringMatching(/^evil/),
    ])
  })

  it('finds a request with any key', async () => {
    const { rows } = await get('/api/requests?limit=100')
    for (const { key } of rows)
      expect((await get(`/api/requests/${encodeURIComponent(key)}`)).row.key).toBe(key)
  })

  it('says what is unknown', async () => {
    const response = await fetch(`${server.url}/api/requests/old-one`)
    expect([response.status, await response.json()]).toEqual([404, { error: 'unknown', evicted: true }])
  })

  async function get(path: string) {
    return (await fetch(server.url + path)).json()
  }
})
