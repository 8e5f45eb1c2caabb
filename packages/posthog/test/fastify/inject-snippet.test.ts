import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import compress from '@fastify/compress'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { injectSnippet } from '../../src/fastify/inject-snippet.js'
import type { PosthogHandle } from '../../src/client/handle.js'
import { usePosthog } from '../support/environment.js'
import { type Answer, call, type Call } from '../support/http.js'

const PAGE = '<html><head><title>ü</title></head><body>grüße</body></html>'
const MIB = 1024 * 1024

type Handler = (reply: FastifyReply, request: FastifyRequest) => unknown

let posthog: PosthogHandle
const running: FastifyInstance[] = []

beforeEach(async () => {
  posthog = await usePosthog({ POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: 'http://posthog.invalid' })
})

afterEach(async () => {
  for (const one of running.splice(0)) await one.close()
  await posthog.shutdown()
})

async function ask(
  handler: Handler,
  watched: boolean,
  options?: Call,
  prepare?: (app: FastifyInstance) => Promise<void>,
): Promise<Answer> {
  const app = Fastify({ forceCloseConnections: true })
  running.push(app)
  if (watched) app.addHook('onSend', injectSnippet())
  await prepare?.(app)
  app.all('/', async (request, reply) => {
    reply.header('date', 'Sat, 21 Nov 2026 10:00:00 GMT')
    return handler(reply, request)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  return call(port, options)
}

const html = (reply: FastifyReply): FastifyReply => reply.type('text/html; charset=utf-8')
const streamOf = (...pieces: string[]): Readable =>
  Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  )

const WAYS: [string, Handler][] = [
  ['a text', (reply) => html(reply).send(PAGE)],
  [
    'a returned text',
    (reply) => {
      void html(reply)
      return PAGE
    },
  ],
  ['a buffer', (reply) => html(reply).send(Buffer.from(PAGE))],
  ['a stream', (reply) => html(reply).send(streamOf(PAGE.slice(0, 30), PAGE.slice(30)))],
  [
    'a stream with its length',
    (reply) => html(reply).header('content-length', Buffer.byteLength(PAGE)).send(streamOf(PAGE)),
  ],
  ['a text with a tag', (reply) => html(reply).header('etag', '"1"').send(PAGE)],
]

describe('a page on Fastify', () => {
  it.each(WAYS)('gets the snippet when it is %s', async (_way, handler) => {
    const [plain, watched] = [await ask(handler, false), await ask(handler, true)]
    const [before, after] = PAGE.split('</head>') as [string, string]

    expect(plain.text).toBe(PAGE)
    expect(watched.text.startsWith(`${before}<script>`)).toBe(true)
    expect(watched.text.endsWith(`</script></head>${after}`)).toBe(true)
    expect(watched.headers['transfer-encoding']).toBe(plain.headers['transfer-encoding'])
    if (plain.headers['content-length'] !== undefined) {
      expect(watched.headers['content-length']).toBe(String(watched.body.length))
    }
    if (plain.headers.etag !== undefined) expect(watched.headers.etag).not.toBe(plain.headers.etag)
  })

  it('is seen before it is compressed', async () => {
    const prepare = async (app: FastifyInstance): Promise<void> => {
      await app.register(compress, { threshold: 0 })
    }
    for (const [, handler] of WAYS.slice(0, 4)) {
      const { headers, body } = await ask(handler, true, { headers: { 'accept-encoding': 'gzip' } }, prepare)
      expect(headers['content-encoding']).toBe('gzip')
      expect(gunzipSync(body).toString()).toContain('posthog.init(')
    }
  })

  it('that streams is given on long before it ends', async () => {
    const source = new PassThrough()
    source.write(PAGE)
    // It ends when its client has its beginning: waited for, it would never end.
    const onPiece = (): void => void (source.writableEnded || source.end('<p>late</p>'))
    const { text } = await ask((reply) => html(reply).send(source), true, { onPiece })
    expect(text).toContain('posthog.init(')
    expect(text.endsWith('<p>late</p>')).toBe(true)
  })
})

const OTHERS: [string, Handler, Call?][] = [
  ['JSON', (reply) => reply.send({ html: PAGE })],
  ['a page without a head', (reply) => html(reply).send('<p>hi</p>')],
  ['a stream without a head', (reply) => html(reply).header('etag', '"1"').send(streamOf('<p>', 'hi'))],
  ['the answer to HEAD', (reply) => html(reply).send(PAGE), { method: 'HEAD' }],
  ['204', (reply) => html(reply).code(204).send()],
  ['what is encoded', (reply) => html(reply).header('content-encoding', 'br').send(Buffer.from(PAGE))],
  ['more than 4 MiB', (reply) => html(reply).send(`<head></head>${'x'.repeat(4 * MIB)}`)],
  [
    'a stream of more than 4 MiB',
    (reply) => html(reply).send(streamOf('<head></head>', ...Array<string>(5).fill('x'.repeat(MIB)), 'end')),
  ],
  [
    'what goes past Fastify',
    (reply) => {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'text/html', date: 'x' })
      reply.raw.end(PAGE)
    },
  ],
]

describe('anything else on Fastify', () => {
  // One with fewer members would have the test wait for a callback.
  it.each(OTHERS.map(([name, handler, call = {}]) => [name, handler, call] as const))(
    'goes through as it is: %s',
    async (_name, handler, options) => {
      const [plain, watched] = [await ask(handler, false, options), await ask(handler, true, options)]
      expect([watched.status, watched.rawHeaders, watched.body.equals(plain.body)]).toEqual([
        plain.status,
        plain.rawHeaders,
        true,
      ])
    },
  )

  it('fails as it fails without when a stream breaks', async () => {
    const breaking =
      (after: string): Handler =>
      (reply) => {
        const source = new PassThrough()
        if (after !== '') source.write(after)
        setTimeout(() => source.destroy(new Error('the source broke')), 20)
        return html(reply).send(source)
      }
    const [plain, watched] = [await ask(breaking(PAGE), false), await ask(breaking(PAGE), true)]
    expect([watched.status, watched.aborted]).toEqual([plain.status, plain.aborted])
    const [before, held] = [await ask(breaking(''), false), await ask(breaking(''), true)]
    expect(held.status).toBe(before.status)
  })

  it('lets go of a stream whose client has left', async () => {
    const source = new PassThrough()
    const closed = once(source, 'close')
    source.write('<html><head>')
    const answering = ask((reply, request) => {
      setTimeout(() => request.raw.socket.destroy(), 20)
      return html(reply).send(source)
    }, true)
    await answering.catch(() => undefined)
    await closed
    expect(source.destroyed).toBe(true)
  })
})

describe('the options', () => {
  it('find the user and the nonce, and leave pages out', async () => {
    const app = Fastify({ forceCloseConnections: true })
    running.push(app)
    app.addHook(
      'onSend',
      injectSnippet({
        user: () => ({ id: 'u-1' }),
        nonce: () => 'abc',
        skip: ({ method }) => method === 'POST',
      }),
    )
    app.all('/', (_request, reply) => html(reply).send(PAGE))
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as { port: number }
    const { text } = await call(port)
    expect(text).toContain('<script nonce="abc">')
    expect(text).toContain('"u-1"')
    expect((await call(port, { method: 'POST' })).text).toBe(PAGE)
  })

  it('need not be there for what helmet leaves', async () => {
    const { text } = await ask((reply) => {
      Object.assign(reply, { cspNonce: { script: 'from-helmet' } })
      return html(reply).send(PAGE)
    }, true)
    expect(text).toContain('<script nonce="from-helmet">')
    const byPolicy = await ask(
      (reply) => html(reply).header('content-security-policy', "script-src 'nonce-p1'").send(PAGE),
      true,
    )
    expect(byPolicy.text).toContain('<script nonce="p1">')
  })
})
