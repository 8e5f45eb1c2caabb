import { describe, expect, it } from '@jest/globals'
import { curlOf } from '../../src/model/views/curl.js'

const GIVEN = {
  'http.request.method': 'GET',
  'server.address': '127.0.0.1',
  'server.port': 3000,
  'url.path': '/a',
}

function curl(attributes: object, status = 200): string | undefined {
  return curlOf(new Map(Object.entries({ ...GIVEN, ...attributes })), status)
}

describe('curl that sends a request again', () => {
  it.each([
    ['quotes', "/x'; rm -rf / #'", '/x%27;%20rm%20-rf%20/%20'],
    ['what a shell puts in', '/$(id)`id`${HOME}', '/$(id)%60id%60$%7BHOME%7D'],
    ['line breaks', '/x\r\nX: y', '/xX:%20y'],
    ['ranges, of which curl makes many requests', '/x[1-100000]', '/x%5B1-100000%5D'],
    ['alternatives', '/x{a,b}', '/x%7Ba,b%7D'],
    ['text that reads from right to left', '/\u202ex', '/%E2%80%AEx'],
    ['another host', '//evil.example/', '//evil.example/'],
    ['a user', '@evil.example/', '/@evil.example/'],
  ])('encodes %s in a path', (_what, path, encoded) => {
    expect(curl({ 'url.path': path })).toBe(`curl 'http://127.0.0.1:3000${encoded}'`)
  })

  it.each(["a';id;'", 'a$(id)', 'a b', '-o', 'a,b', '[1-9]', '{a,b}'])(
    'is not made for the host %s',
    (host) => {
      expect(curl({ 'server.address': host })).toBeUndefined()
      expect(curl({ 'server.address': host, 'url.full': `http://${host}/` })).toBeUndefined()
    },
  )

  it('leaves out secrets', () => {
    const full = 'https://ann:pw@example.com/a?access_token=1&b=[2]#c'
    expect(curl({ 'url.full': full })).toBe("curl 'https://example.com/a?access_token=REDACTED&b=%5B2%5D'")
  })

  it.each([
    ['::1', 3000, '[::1]:3000'],
    ['[::1]', undefined, '[::1]'],
    ['fd00::7', undefined, '[fd00::7]'],
    ['localhost:8080', undefined, 'localhost:8080'],
  ])('knows the host %s', (host, port, shown) => {
    expect(curl({ 'server.address': host, 'server.port': port })).toBe(`curl 'http://${shown}/a'`)
  })
})
