import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { isLocal } from '../src/outside.js'
import { withVisitor } from '../src/visitor.js'

const PAGES: Record<string, string> = {
  '/quiet': '<p>nothing</p>',
  '/image': '<img src="http://example.com/pixel.png">',
  '/beacon': `<script>navigator.sendBeacon('https://example.org/beacon', 'a')</script>`,
  '/fetch': `<script>fetch('https://example.net/api').catch(() => console.log('refused'))</script>`,
  '/socket': `<script>new WebSocket('wss://example.com/socket').onerror = () => console.log('refused')</script>`,
}

let server: Server
const url = (path: string): string => `http://site.localhost:${(server.address() as AddressInfo).port}${path}`

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(PAGES[request.url ?? ''] ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('a visit', () => {
  it('gives what it is asked for, when nobody else was asked', async () => {
    expect(
      await withVisitor(async ({ page }) => {
        await page.goto(url('/quiet'))
        return page.locator('p').textContent()
      }),
    ).toBe('nothing')
  })

  it.each([
    ['/image', 'http://example.com/pixel.png'],
    ['/beacon', 'https://example.org/beacon'],
    ['/fetch', 'https://example.net/api'],
    ['/socket', 'example.com:443'],
  ])('fails when its page asks others: %s', async (path, asked) => {
    const visit = withVisitor(async ({ page }) => {
      const said = page.waitForEvent('console')
      await page.goto(url(path))
      await said
    })
    await expect(visit).rejects.toThrow(asked)
  })

  it('finds nothing that the one before has left', async () => {
    const visit = (): Promise<string> =>
      withVisitor(async ({ page }) => {
        await page.goto(url('/quiet'))
        return page.evaluate(() => {
          const before = `${document.cookie}${localStorage.getItem('left')}`
          document.cookie = 'left=here'
          localStorage.setItem('left', 'here')
          return before
        })
      })
    expect([await visit(), await visit()]).toEqual(['null', 'null'])
  })
})

describe('isLocal', () => {
  it.each([
    'http://localhost:1/',
    'http://a.localhost/',
    'ws://127.0.0.1:1/',
    'http://[::1]/',
    'blob:null/1',
    'data:,a',
  ])('takes %s for this machine', (address) => expect(isLocal(address)).toBe(true))

  it.each([
    'http://example.com/',
    'https://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'wss://10.0.0.1/',
  ])('takes %s for another', (address) => expect(isLocal(address)).toBe(false))
})
