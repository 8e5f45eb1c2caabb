import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Assets } from '../../src/server/assets.js'
import { call } from '../support/call.js'
import { endAfterEach, temporaryFolder, testServer } from '../support/test-server.js'

endAfterEach()

async function builtPage() {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.json'), '{}')
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'page', 'icon.svg'), '<svg/>')
  writeFileSync(join(folder, 'page', 'assets', 'main-1a2b.js'), 'main()')
  writeFileSync(join(folder, 'page', 'assets', 'notes.secret'), 'none')
  return testServer({ assets: new Assets(join(folder, 'page')) })
}

describe('the files of the page', () => {
  it('are the page itself at every address of it', async () => {
    const { port } = await builtPage()
    for (const path of [
      '/',
      '/events',
      '/r/pick-1',
      '/r/a.b.c',
      '/r/a%2Fb?row=1',
      '//evil.example',
      '/apis',
    ]) {
      const { status, headers, text } = await call(port, { path })
      expect([path, status, text]).toEqual([path, 200, '<!doctype html>'])
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      })
    }
  })

  it('are kept for ever where their name has their hash', async () => {
    const { port } = await builtPage()
    const { headers, text } = await call(port, { path: '/assets/main-1a2b.js' })
    expect(text).toBe('main()')
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': '6',
    })
    expect((await call(port, { path: '/icon.svg' })).headers['cache-control']).toBe('no-cache')
  })

  it('are not sent again to who has them', async () => {
    const { port } = await builtPage()
    const { etag = '' } = (await call(port)).headers
    expect(await call(port, { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304, text: '' })
    expect(await call(port, { headers: { 'if-none-match': '"other"' } })).toMatchObject({ status: 200 })
  })

  it.each([
    '/assets/none.js',
    '/assets/',
    '/assets/notes.secret',
    '/favicon.ico',
    '/assets/../../secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/assets/%2e%2e/%2e%2e/secret.json',
    '/assets/..\\..\\secret.json',
    '/../secret.json',
    '/assets/%00',
    '/assets/main-1a2b.js%00.html',
    '/assets//etc/passwd',
  ])('are not %s', async (path) => {
    const { port } = await builtPage()
    const { status, text } = await call(port, { path })
    expect([status, JSON.parse(text)]).toEqual([404, { error: expect.any(String) }])
  })

  it('take GET and HEAD alone', async () => {
    const { port } = await builtPage()
    expect(await call(port, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
    for (const method of ['POST', 'OPTIONS'])
      expect(await call(port, { method })).toMatchObject({ status: 405 })
  })

  it('say how to make them where they are not there', async () => {
    const { port } = await testServer()
    const { status, text } = await call(port)
    expect([status, text]).toEqual([503, expect.stringContaining('npx turbo run build')])
  })
})
