import { describe, expect, it } from '@jest/globals'
import { call } from '../support/call.js'
import { endAfterEach, testServer } from '../support/test-server.js'

endAfterEach()

async function get(port: number, path: string): Promise<[number, unknown]> {
  const { status, headers, text } = await call(port, { path })
  expect(headers['content-type']).toBe('application/json')
  return [status, JSON.parse(text)]
}

describe('the API', () => {
  it('tells the status', async () => {
    const { port, url } = await testServer()
    expect(await get(port, '/api/status')).toEqual([
      200,
      {
        version: '1.2.3',
        store: { kind: 'memory' },
        records: 0,
        bytes: 0,
        limits: { records: 100_000, bytes: 1 },
        evicted: { requests: 0, records: 0 },
        received: { logs: 0, spans: 0, points: 0 },
        services: [],
        hasCatalogue: false,
        refused: 0,
        endpoint: url,
      },
    ])
  })

  it('passes on what a list is asked for', async () => {
    const { port, store } = await testServer()
    await get(port, '/api/requests')
    await get(port, '/api/requests?q=user%3A7+%3Cb%3E&state=failed&before=x&limit=20')
    expect(store.queries).toEqual([
      { limit: 100 },
      { q: 'user:7 <b>', state: 'failed', before: 'x', limit: 20 },
    ])
  })

  it.each([
    '/api/requests?limit=0',
    '/api/requests?limit=501',
    '/api/requests?limit=-1',
    '/api/requests?limit=1e2',
    '/api/requests?limit=',
    '/api/requests?state=toString',
    `/api/requests?q=${'a'.repeat(1001)}`,
    '/api/metrics?minutes=0',
    '/api/metrics?minutes=NaN',
    '/api/metrics?minutes=9999999999999',
    '/api/requests/%',
    '/api/requests/%ff',
  ])('refuses %s', async (path) => {
    const { port, store } = await testServer()
    const [status, answer] = await get(port, path)
    expect([status, answer, store.queries]).toEqual([400, { error: expect.any(String) }, []])
  })

  it.each([
    '/api',
    '/api/',
    '/api/none',
    '/api/status/x',
    '/api/requests/a/b',
    '/api/requests/a/export/b',
    '/api/a/b/c/d',
  ])('knows no %s', async (path) => {
    const { port } = await testServer()
    expect((await get(port, path))[0]).toBe(404)
  })

  it('tells an unknown request from one that had to leave', async () => {
    const { port } = await testServer()
    expect(await get(port, '/api/requests/never')).toEqual([404, { error: 'unknown', evicted: false }])
    expect(await get(port, '/api/requests/evicted')).toEqual([404, { error: 'unknown', evicted: true }])
  })

  it('takes any key, with slashes, dots and line breaks too', async () => {
    const { port } = await testServer()
    for (const key of ['../../etc/passwd', '..', 'a/b', '\0', '"\r\nX: y', 'ä<script>']) {
      const path = `/api/requests/${encodeURIComponent(key).replaceAll('.', '%2E')}/export`
      const { status, headers, text } = await call(port, { path })
      const shown = key.replaceAll(/[^A-Za-z0-9._-]+/g, '-')
      // `..` as a segment of an address is the way up, however it is written.
      if (key === '..') expect(status).toBe(404)
      else {
        expect([status, JSON.parse(text)]).toMatchObject([200, { requestId: key }])
        expect(headers['content-disposition']).toBe(`attachment; filename="request-${shown}.json"`)
      }
    }
    expect(await get(port, '/api/requests/gone/export')).toMatchObject([404, {}])
  })

  it('shows a record', async () => {
    const { port } = await testServer()
    expect(await get(port, '/api/records/7')).toMatchObject([200, { seq: 7, signal: 'logs' }])
    for (const seq of ['8', '-7', '7.0', '1e1', 'x', '9'.repeat(30)]) {
      expect(await get(port, `/api/records/${seq}`)).toEqual([404, { error: expect.any(String) }])
    }
  })

  it('has events and metrics', async () => {
    const { port } = await testServer()
    expect(await get(port, '/api/events')).toMatchObject([200, { rows: [] }])
    expect(await get(port, '/api/metrics')).toMatchObject([200, { times: [15] }])
    expect(await get(port, '/api/metrics?minutes=60')).toMatchObject([200, { times: [60] }])
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('refuses %s', async (method) => {
    const { port } = await testServer()
    const { status, headers } = await call(port, { path: '/api/requests', method })
    expect([status, headers.allow]).toEqual([405, 'GET'])
  })

  it('answers HEAD with the headers alone', async () => {
    const { port } = await testServer()
    const { status, headers, text } = await call(port, { path: '/api/events', method: 'HEAD' })
    expect([status, Number(headers['content-length']) > 2, text]).toEqual([200, true, ''])
  })

  it('says that it has a defect, and goes on', async () => {
    const { port, defects } = await testServer()
    expect((await get(port, '/api/requests/defect'))[0]).toBe(500)
    expect(defects).toEqual([new Error('a defect')])
    expect((await get(port, '/api/status'))[0]).toBe(200)
  })
})
