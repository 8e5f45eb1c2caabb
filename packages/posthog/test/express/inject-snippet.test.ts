import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type Express, type Request, type Response } from 'express'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { injectSnippet } from '../../src/express/inject-snippet.js'
import type { PosthogHandle } from '../../src/client/handle.js'
import { usePosthog } from '../support/environment.js'
import { type Answer, type Call, type Running, serve } from '../support/http.js'

const PAGE = '<html><head><title>Shop</title></head><body>hello</body></html>'

let posthog: PosthogHandle
let running: Running | undefined

beforeEach(async () => {
  posthog = await usePosthog({ POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: 'http://posthog.invalid' })
})

afterEach(async () => {
  await running?.stop()
  await posthog.shutdown()
})

async function ask(prepare: (app: Express) => void, options?: Call): Promise<Answer> {
  await running?.stop()
  const app = express()
  prepare(app)
  running = await serve(app)
  return running.get(options)
}

describe('injectSnippet for Express', () => {
  it('reads the user when the page is answered, not when the request comes', async () => {
    const { text } = await ask((app) => {
      app.use(injectSnippet())
      app.use((request: Request & { user?: unknown }, _response, next) => {
        request.user = { id: 'u-42', email: 'ada@example.com', name: 'Ada' }
        next()
      })
      app.get('/', (_request, response) => void response.send(PAGE))
    })
    expect(text).toContain('"u-42"')
    expect(text).toContain('"ada@example.com"')
    // The default mode has no names.
    expect(text).not.toContain('Ada')
  })

  it('takes the nonce that the application left, or that of its policy', async () => {
    const byLocals = await ask((app) => {
      app.use(injectSnippet())
      app.get('/', (_request, response: Response) => {
        response.locals['cspNonce'] = 'left'
        response.send(PAGE)
      })
    })
    expect(byLocals.text).toContain('<script nonce="left">')
    const byPolicy = await ask((app) => {
      app.use(injectSnippet())
      app.get('/', (_request, response) => {
        response.setHeader(
          'Content-Security-Policy',
          "default-src 'self'; script-src 'nonce-p1' 'strict-dynamic'",
        )
        response.send(PAGE)
      })
    })
    expect(byPolicy.text).toContain('<script nonce="p1">')
  })

  it('puts it into static files, and is not asked for them with their former tag', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'))
    writeFileSync(join(folder, 'index.html'), PAGE)
    const prepare = (app: Express): void => {
      app.use(injectSnippet())
      app.use(express.static(folder))
    }
    const page = await ask(prepare)
    expect(page.text).toContain('posthog.init(')
    expect(page.headers['content-length']).toBe(String(page.body.length))
    expect(page.headers).not.toHaveProperty('last-modified')
    const again = await ask(prepare, { headers: { 'if-none-match': String(page.headers.etag) } })
    expect([again.status, again.text.includes('posthog.init(')]).toEqual([200, true])
    rmSync(folder, { recursive: true })
  })

  it('leaves out what it is told to, and what throws when it is asked', async () => {
    const skip = ({ url }: { url?: string }): boolean => {
      if (url === '/throws') throw new Error('no')
      return url === '/plain'
    }
    const prepare = (app: Express): void => {
      app.use(injectSnippet({ skip }))
      app.get('/*path', (_request, response) => void response.send(PAGE))
    }
    expect((await ask(prepare, { path: '/plain' })).text).toBe(PAGE)
    expect((await ask(prepare, { path: '/throws' })).text).toBe(PAGE)
    expect((await ask(prepare, { path: '/other' })).text).toContain('posthog.init(')
  })

  it('changes nothing of an error page but that it has the script too', async () => {
    const { status, text } = await ask((app) => {
      app.set('env', 'test')
      app.use(injectSnippet())
      app.get('/', () => {
        throw new Error('boom')
      })
    })
    expect(status).toBe(500)
    expect(text).toContain('posthog.init(')
  })

  it('does nothing while PostHog is off', async () => {
    await usePosthog({})
    const { text } = await ask((app) => {
      app.use(injectSnippet())
      app.get('/', (_request, response) => void response.send(PAGE))
    })
    expect(text).toBe(PAGE)
  })
})
