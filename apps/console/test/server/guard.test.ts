import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from '@jest/globals'
import { call, type Call } from '../support/call.js'
import { logRecord, logsJson } from '../support/bodies.js'
import { endAfterEach, testServer } from '../support/test-server.js'

endAfterEach()

const json = { 'content-type': 'application/json' }

/** One of each kind of route. */
const ROUTES: readonly Call[] = [
  { path: '/' },
  { path: '/r/pick-1' },
  { path: '/assets/main.js' },
  { path: '/api/status' },
  { path: '/api/stream' },
  { path: '/v1/logs', method: 'POST', headers: json, body: logsJson(logRecord()) },
]

describe.each(ROUTES)('$path', (route) => {
  it.each([
    ['a foreign name', 'evil.example'],
    ['a foreign name on the port', 'evil.example:PORT'],
    ['a name that resolves to loopback', 'localhost.evil.example:PORT'],
    ['another port', 'localhost:1'],
    ['no port', 'localhost'],
    ['a user before the name', 'localhost:PORT@evil.example'],
    ['an address of the network', '192.168.1.5:PORT'],
    ['all addresses', '0.0.0.0:PORT'],
  ])('refuses %s in the Host header', async (_what, host) => {
    const { port, store } = await testServer()
    const headers = { ...route.headers, host: host.replace('PORT', String(port)) }
    const { status, headers: answered } = await call(port, { ...route, headers })
    expect([status, store.payloads.length]).toEqual([403, 0])
    expect(answered).not.toHaveProperty('access-control-allow-origin')
  })

  it.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page on another port', { origin: 'http://localhost:1' }],
    ['a page without an origin of its own', { origin: 'null' }],
    ['another scheme', { origin: 'https://127.0.0.1:PORT' }],
    ['what a browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['what a browser calls same-site', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
    ['a frame', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ])('refuses %s', async (_what, given) => {
    const { port, store } = await testServer()
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replace('PORT', String(port))]),
    )
    const { status, headers: answered } = await call(port, {
      ...route,
      headers: { ...route.headers, ...headers },
    })
    expect([status, store.payloads.length]).toEqual([403, 0])
    expect(answered).not.toHaveProperty('access-control-allow-origin')
  })

  it('refuses a preflight', async () => {
    const { port } = await testServer()
    const headers = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const { status, headers: answered } = await call(port, {
      path: route.path ?? '',
      method: 'OPTIONS',
      headers,
    })
    expect(status).toBe(405)
    expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('the guard', () => {
  it('takes the names of loopback, its own page, and no page', async () => {
    const { port } = await testServer()
    for (const host of ['localhost', 'LocalHost', '127.0.0.1', '[::1]']) {
      const own = `${host}:${port}`
      const headers = { host: own, origin: `http://${own.toLowerCase()}`, 'sec-fetch-site': 'same-origin' }
      expect(await call(port, { path: '/api/status', headers })).toMatchObject({ status: 200 })
      expect(await call(port, { path: '/api/status', headers: { host: own } })).toMatchObject({ status: 200 })
    }
  })

  it('lets a link to a page be followed from anywhere, and nothing else', async () => {
    const { port } = await testServer()
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    // 503: the page is not built here.
    expect(await call(port, { path: '/r/pick-1', headers })).toMatchObject({ status: 503 })
    expect(await call(port, { path: '/api/status', headers })).toMatchObject({ status: 403 })
    expect(await call(port, { path: '/v1/logs', method: 'POST', headers })).toMatchObject({ status: 403 })
    expect(await call(port, { path: '/', method: 'POST', headers })).toMatchObject({ status: 403 })
  })

  it('takes names that are allowed, on their port or on any', async () => {
    const { port } = await testServer({ allowedHosts: ['host.docker.internal', 'box:81', 'fe80::1'] })
    for (const [host, expected] of [
      ['host.docker.internal:4318', 200],
      ['HOST.docker.internal', 200],
      ['box:81', 200],
      ['box:82', 403],
      ['box', 403],
      ['[fe80::1]:9', 200],
      ['other.docker.internal', 403],
    ] as const) {
      const { status } = await call(port, { path: '/api/status', headers: { host } })
      expect([host, status]).toEqual([host, expected])
    }
  })

  it('takes the address that it listens on', async () => {
    const { port } = await testServer({ host: '0.0.0.0' })
    expect(await call(port, { path: '/api/status', headers: { host: `0.0.0.0:${port}` } })).toMatchObject({
      status: 200,
    })
    expect(await call(port, { path: '/api/status', headers: { host: `10.0.0.1:${port}` } })).toMatchObject({
      status: 403,
    })
  })

  it('refuses an address that is too long, or no path', async () => {
    const { port } = await testServer()
    expect(await call(port, { path: `/api/requests?q=${'a'.repeat(9000)}` })).toMatchObject({ status: 414 })
    expect(await call(port, { path: 'http://evil.example/api/status' })).toMatchObject({ status: 400 })
    expect(await call(port, { path: `/${'a'.repeat(20_000)}` })).toMatchObject({ status: 431 })
    expect(await call(port, { headers: { 'x-large': 'a'.repeat(20_000) } })).toMatchObject({ status: 431 })
  })

  it.each([
    ['no Host header', 'GET /api/status HTTP/1.1\r\n\r\n'],
    ['an empty Host header', 'GET /api/status HTTP/1.1\r\nHost:\r\n\r\n'],
    ['two Host headers', 'GET /api/status HTTP/1.1\r\nHost: localhost:PORT\r\nHost: evil\r\n\r\n'],
    ['HTTP 1.0 without one', 'GET /api/status HTTP/1.0\r\n\r\n'],
    [
      'two lengths',
      'POST /v1/logs HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'a length and chunks',
      'POST /v1/logs HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a NUL in the address', 'GET /api/\0status HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n'],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00'],
  ])('refuses %s', async (_what, request) => {
    const { port, store } = await testServer()
    const socket = connect(port, '127.0.0.1')
    socket.end(request.replaceAll('PORT', String(port)))
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(store.payloads).toEqual([])
  })
})

describe('every answer', () => {
  it('has the headers of safety', async () => {
    const { port } = await testServer()
    const calls: Call[] = [...ROUTES.filter(({ path }) => path !== '/api/stream'), { path: '/api/none' }]
    for (const route of [...calls, { headers: { host: 'evil' } }]) {
      const { headers } = await call(port, route)
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      const policy = headers['content-security-policy'] ?? ''
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; /)
      expect(policy).not.toMatch(/unsafe|data:|\*|https?:/)
    }
  })
})
