import { gunzipSync } from 'node:zlib'
import compression from 'compression'
import express, { type Express, type Response } from 'express'
import { afterEach, describe, expect, it } from '@jest/globals'
import { injectSnippet } from '../../src/express/inject-snippet.js'
import type { SnippetOptions } from '../../src/inject/page-snippet.js'
import { usePosthog } from '../support/environment.js'
import { type Answer, serve } from '../support/http.js'
import { type Case, conformance } from './cases.js'

interface Input {
  contentType: string
  body?: string
  body_js?: string
  chunks?: string[]
  render_throws?: boolean
  setContentLength?: boolean
  stack?: string[]
  acceptEncoding?: string
  nonce?: string
  after?: string
}

interface Expected {
  injected: boolean
  status?: number
  finish_handlers_run?: number
  bytes_identical?: boolean
  position?: string
  count?: number
  content_length_matches?: boolean
  response_encoding?: string
  buffered?: boolean
  streamed?: boolean
  contains_text?: string
  ran?: string[]
  max_extra_memory_mb?: number
}

let stop: (() => Promise<void>) | undefined

afterEach(async () => {
  await stop?.()
  stop = undefined
})

function bodyOf({ body, body_js: code }: Input): string {
  if (code === undefined) return body ?? ''
  expect(code).toBe("'<html><head></head>' + 'X'.repeat(4*1024*1024)")
  return `<html><head></head>${'X'.repeat(4 * 1024 * 1024)}`
}

/** Memory that is taken while `work` runs, garbage included. */
function extraMemory(work: () => void): number {
  const taken = (): number => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = taken()
  work()
  return (taken() - before) / 1024 / 1024
}

describe('inject', () => {
  it.each(conformance('inject'))('%s', async (_id, { env, input, expected }: Case) => {
    const given = input as Input
    const wanted = expected as Expected
    const posthog = await usePosthog({ ...env, POSTHOG_HOST: 'http://posthog.invalid' })
    const ran: string[] = []
    let proceed = (): void => undefined
    let finished = 0
    let memory = 0

    const app: Express = express()
    if (given.stack?.[0] === 'compression') app.use(compression({ threshold: 0 }))
    app.use(injectSnippet(snippetOptions(given)))
    app.get('/', (_request, response: Response) => {
      response.on('finish', () => {
        finished++
        ran.push('finish')
      })
      response.type(given.contentType)
      if (given.chunks !== undefined) {
        proceed = trickle(response, given.chunks)
        return
      }
      const body = bodyOf(given)
      if (given.setContentLength === true) response.setHeader('Content-Length', Buffer.byteLength(body))
      setImmediate(() => ran.push('setImmediate'))
      memory = extraMemory(() => response.end(body, () => ran.push('end-callback')))
    })
    const running = await serve(app)
    stop = async () => {
      await running.stop()
      await posthog.shutdown()
    }
    const answer = await running.get({
      headers: given.acceptEncoding === undefined ? {} : { 'accept-encoding': given.acceptEncoding },
      onPiece: () => proceed(),
    })
    const text = textOf(answer)

    expect(answer.status).toBe(wanted.status ?? 200)
    expect(text.includes('posthog.init(')).toBe(wanted.injected || bodyOf(given).includes('posthog.init('))
    if (wanted.bytes_identical === true) expect(text === bodyOf(given)).toBe(true)
    if (wanted.position !== undefined) expect(text).toMatch(/<\/script><\/head>/)
    if (wanted.count !== undefined) expect(text.split('posthog.init(')).toHaveLength(wanted.count + 1)
    if (wanted.content_length_matches === true) {
      expect(answer.headers['content-length']).toBe(String(answer.body.length))
    }
    if (wanted.response_encoding !== undefined) {
      expect(answer.headers['content-encoding']).toBe(wanted.response_encoding)
    }
    if (wanted.streamed === true) expect(answer.pieces.length).toBeGreaterThan(1)
    if (wanted.contains_text !== undefined) expect(text).toContain(wanted.contains_text)
    await settled(() => finished === 1)
    expect(finished).toBe(wanted.finish_handlers_run ?? 1)
    for (const name of wanted.ran ?? []) expect(ran).toContain(name)
    if (wanted.max_extra_memory_mb !== undefined) {
      const plain = await memoryWithout(bodyOf(given))
      expect(memory - plain).toBeLessThan(wanted.max_extra_memory_mb)
    }
  })
})

/** What Node itself takes to send a body. */
async function memoryWithout(body: string): Promise<number> {
  let memory = 0
  const running = await serve((_request, response) => {
    memory = extraMemory(() => response.end(body))
  })
  await running.get()
  await running.stop()
  return memory
}

function snippetOptions({ render_throws: throws, nonce }: Input): SnippetOptions {
  return {
    nonce: () => {
      if (throws === true) throw new Error('it cannot be rendered')
      return nonce
    },
  }
}

/** Writes the first piece, and each further one when it is told that the one before has arrived. */
function trickle(response: Response, [first, ...rest]: readonly string[]): () => void {
  response.write(first)
  return () => {
    const next = rest.shift()
    if (next === undefined) response.end()
    else response.write(next)
  }
}

function textOf({ headers, body }: Answer): string {
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
}

async function settled(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2))
}
