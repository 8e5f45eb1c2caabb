import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { asset } from './assets.js'
import { type BrowserEvent, eventsOf, readBody } from './bodies.js'
import { type ProjectSettings, remoteConfig } from './remote-config.js'

/** What comes, comes long before. */
const BOUND_MS = 30_000

/** A request as it arrived, its body as bytes and as the value that it holds. */
export interface Arrived {
  readonly path: string
  readonly query: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly value: unknown
}

/** PostHog as browsers meet it: serves the real posthog-js, its settings and flags, and takes what comes. */
export class FakePosthog {
  readonly requests: Arrived[] = []
  /** Undefined answers as PostHog does; a number is the status of every answer; `gone` breaks connections off. */
  fault: number | 'gone' | undefined
  settings: ProjectSettings = {}
  readonly #server: Server
  readonly #waiting = new Set<() => void>()

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response))
  }

  static async start(): Promise<FakePosthog> {
    const fake = new FakePosthog()
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve))
    return fake
  }

  /** A site of its own, as PostHog's is: no cookie of a page's goes there. */
  get url(): string {
    return `http://posthog.localhost:${(this.#server.address() as AddressInfo).port}`
  }

  /** Every event that arrived, in order, recordings among them. */
  get events(): BrowserEvent[] {
    return this.requests.flatMap(({ value }) => eventsOf(value))
  }

  named(name: string): BrowserEvent[] {
    return this.events.filter(({ event }) => event === name)
  }

  /** The pieces of all recordings. */
  get snapshots(): unknown[] {
    return this.named('$snapshot').flatMap(({ properties }) => properties['$snapshot_data'] as unknown[])
  }

  /** Everything that ever arrived, packed and unpacked, as one text. */
  get everything(): string {
    return this.requests
      .map(({ path, query, headers, body, value }) =>
        [
          path,
          query,
          decodeURIComponent(query),
          JSON.stringify(headers),
          body.toString('latin1'),
          JSON.stringify(value),
        ].join('\n'),
      )
      .join('\n')
  }

  /** Settles with the events of a name when so many are there. */
  async until(name: string, count = 1): Promise<BrowserEvent[]> {
    await this.when(`${count} × ${name}`, () => this.named(name).length >= count)
    return this.named(name)
  }

  /** Settles when it is so, which is looked at with each request; a test that waits in vain hears what came instead. */
  async when(what: string, holds: () => boolean): Promise<void> {
    let isLate = false
    const bound = setTimeout(() => {
      isLate = true
      this.#wake()
    }, BOUND_MS)
    try {
      while (!holds()) {
        if (isLate) throw new Error(`${what} did not come, but ${this.#summary}`)
        await new Promise<void>((resolve) => this.#waiting.add(resolve))
      }
    } finally {
      clearTimeout(bound)
    }
  }

  get #summary(): string {
    const events = this.events.map(({ event }) => event)
    return `the events ${events.join(', ')} by the requests ${this.requests.map(({ path }) => path).join(', ')}`
  }

  #wake(): void {
    for (const check of this.#waiting) {
      this.#waiting.delete(check)
      check()
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    } catch {
      // The page has gone away in the middle.
      return
    }
    const body = Buffer.concat(chunks)
    const { pathname, search } = new URL(request.url ?? '/', this.url)
    this.requests.push({
      path: pathname,
      query: search,
      headers: request.headers,
      body,
      value: readBody(body),
    })
    this.#answer(pathname, request, response)
    this.#wake()
  }

  #answer(path: string, { method, headers }: IncomingMessage, response: ServerResponse): void {
    if (this.fault === 'gone') {
      response.destroy()
      return
    }
    response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*')
    response.setHeader('Access-Control-Allow-Credentials', 'true')
    response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*')
    if (this.fault !== undefined) response.writeHead(this.fault).end()
    else if (method === 'OPTIONS') response.writeHead(204).end()
    else sendContent(response, path, this.settings)
  }
}

function sendContent(response: ServerResponse, path: string, settings: ProjectSettings): void {
  const [, key = '', wanted] = /^\/array\/([^/]+)\/(config(?:\.js)?)$/.exec(path) ?? []
  if (wanted === 'config') sendJson(response, remoteConfig(key, settings))
  else if (wanted === 'config.js') sendScript(response, configScript(key, settings))
  else if (path === '/flags/') sendJson(response, NO_FLAGS)
  else if (TAKES_EVENTS.test(path)) sendJson(response, { status: 'Ok' })
  else sendScript(response, asset(path))
}

const TAKES_EVENTS = /^\/(?:e|s|i\/v0\/e)\/$/
const NO_FLAGS = { flags: {}, errorsWhileComputingFlags: false, requestId: 'f-1' }

/** What posthog-js loads first; the same settings are there as JSON too. */
function configScript(key: string, settings: ProjectSettings): string {
  const entry = JSON.stringify({ config: remoteConfig(key, settings), siteApps: [] })
  return `(window._POSTHOG_REMOTE_CONFIG = window._POSTHOG_REMOTE_CONFIG || {})[${JSON.stringify(key)}] = ${entry}`
}

function sendScript(response: ServerResponse, script: string | Buffer | undefined): void {
  if (script === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
