import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { tell } from '../support/console/otlp.js'
import { withConsole } from '../support/console/with-console.js'

/** A server of somebody else's, with a page that has no script of its own. */
async function withForeignSite(work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>foreign</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await work((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** What the script of a foreign page could learn or do; each says what came of it. */
async function attack(url: string): Promise<Record<string, string>> {
  const body = JSON.stringify({
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'forged' } }] }] }],
  })
  const read = (path: string, init: RequestInit = {}) =>
    fetch(url + path, init).then(
      async (answer) => (answer.type === 'opaque' ? 'opaque' : await answer.text()),
      () => 'refused',
    )
  const load = (element: HTMLElement, attributes: Record<string, string>) =>
    new Promise<string>((resolve) => {
      element.addEventListener('load', () => resolve('loaded'))
      element.addEventListener('error', () => resolve('refused'))
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
      document.body.append(element)
    })
  const connect = (socket: EventTarget) =>
    new Promise<string>((resolve) => {
      socket.addEventListener('open', () => resolve('open'))
      socket.addEventListener('error', () => resolve('refused'))
    })
  const posted = (type: string, mode: RequestMode) => ({
    method: 'POST',
    mode,
    headers: { 'content-type': type },
    body,
  })
  navigator.sendBeacon(`${url}/v1/logs`, new Blob([body], { type: 'text/plain' }))
  const found = {
    read: await read('/api/requests'),
    page: await read('/'),
    export: await read('/api/requests/secret/export'),
    post: await read('/v1/logs', posted('application/json', 'cors')),
    script: await load(document.createElement('script'), { src: `${url}/api/requests` }),
    style: await load(document.createElement('link'), { rel: 'stylesheet', href: `${url}/api/requests` }),
    image: await load(document.createElement('img'), { src: `${url}/icon.svg` }),
    stream: await connect(new EventSource(`${url}/api/stream`)),
    socket: await connect(new WebSocket(`${url.replace('http', 'ws')}/api/stream`)),
  }
  // These are sent without asking; what becomes of them is seen at the console.
  await read('/v1/logs', posted('text/plain', 'no-cors'))
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', enctype: 'text/plain', action: `${url}/v1/logs` })
  const field = document.createElement('input')
  Object.assign(field, { name: body, value: '' })
  form.append(field)
  document.body.append(form)
  form.submit()
  return found
}

describe('a page of another site', () => {
  it.each(['127.0.0.1', 'foreign.localhost'])(
    'of %s reads nothing of the console, and sends it nothing',
    async (host) => {
      await withConsole({}, async ({ url }, { page }) => {
        await tell(url, [{ requestId: 'secret' }])
        await withForeignSite(async (port) => {
          await page.goto(`http://${host}:${port}/`)
          const answered = page.waitForResponse((answer) => answer.request().isNavigationRequest())
          const found = await page.evaluate(attack, url)
          expect(new Set(Object.values(found))).toEqual(new Set(['refused']))
          expect((await answered).status()).toBe(403)
        })
        const status = (await (await fetch(`${url}/api/status`)).json()) as { records: number }
        const list = (await (await fetch(`${url}/api/requests`)).json()) as { rows: { key: string }[] }
        expect(list.rows.map(({ key }) => key)).toEqual(['secret'])
        expect(status.records).toBeGreaterThan(0)
      })
    },
  )

  it('has no name of its own for the console', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      await tell(url, [{ requestId: 'secret' }])
      const rebound = new URL(url)
      rebound.hostname = 'foreign.localhost'
      for (const path of ['/', '/r/secret', '/api/requests', '/api/stream']) {
        const answer = await page.goto(rebound.origin + path)
        expect(answer?.status()).toBe(403)
        expect(await page.content()).not.toContain('secret')
      }
    })
  })

  it('may link to a page of the console, which it then has no hold of', async () => {
    await withConsole({}, async ({ url }, { page, context }) => {
      await tell(url, [{ requestId: 'secret', name: 'GET /one' }])
      await withForeignSite(async (port) => {
        await page.goto(`http://foreign.localhost:${port}/`)
        const opened = context.waitForEvent('page')
        await page.evaluate((address) => void window.open(address), `${url}/r/secret`)
        const other = await opened
        await other.getByText('GET /one').first().waitFor()
        expect(await other.evaluate(() => window.opener)).toBeNull()
      })
    })
  })
})
