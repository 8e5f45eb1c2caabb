import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** An event as it arrived. */
export interface ArrivedEvent {
  readonly event: string
  readonly distinct_id: string
  readonly properties: Record<string, never>
}

/** A request as it arrived, its body unpacked. */
export interface Arrived {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

type Answer = (request: Arrived, response: ServerResponse) => void

/** PostHog as far as posthog-node needs it: takes batches, answers flags, and misbehaves on request. */
export class FakePosthog {
  readonly requests: Arrived[] = []
  /** Flags by key; a text is a variant. */
  flags: Record<string, boolean | string> = {}
  payloads: Record<string, unknown> = {}
  onBatch: Answer = (_request, response) => answer(response, 200, { status: 'Ok' })
  onFlags: Answer = (_request, response) => answer(response, 200, this.#flagsAnswer())
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

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The events of all batches, in order. */
  get events(): ArrivedEvent[] {
    return this.requests
      .filter(({ path }) => path.startsWith('/batch'))
      .flatMap(({ text }) => (JSON.parse(text) as { batch: ArrivedEvent[] }).batch)
  }

  named(name: string): ArrivedEvent[] {
    return this.events.filter(({ event }) => event === name)
  }

  /** Everything that ever arrived, as one text. */
  get everything(): string {
    return this.requests
      .map(({ path, headers, text }) => `${path} ${JSON.stringify(headers)} ${text}`)
      .join('\n')
  }

  /** Settles when so many events of a name are there. */
  async until(name: string, count = 1): Promise<ArrivedEvent[]> {
    await this.when(() => this.named(name).length >= count)
    return this.named(name)
  }

  /** Settles when it is so, which is looked at with each request. */
  async when(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
    const arrived = { path: request.url ?? '', headers: request.headers, text }
    this.requests.push(arrived)
    const onRequest = arrived.path.startsWith('/flags') ? this.onFlags : this.onBatch
    onRequest(arrived, response)
    for (const check of this.#waiting) {
      this.#waiting.delete(check)
      check()
    }
  }

  #flagsAnswer(): unknown {
    const flags = Object.entries(this.flags).map(([key, value]) => [
      key,
      {
        key,
        enabled: value !== false,
        ...(typeof value === 'string' && { variant: value }),
        reason: { code: 'condition_match', description: 'Matched' },
        metadata: { id: 1, version: 1, payload: JSON.stringify(this.payloads[key]) },
      },
    ])
    return { flags: Object.fromEntries(flags), errorsWhileComputingFlags: false, requestId: 'r-1' }
  }
}

/** Answers with JSON. */
export function answer(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Never answers. */
export const hang: Answer = () => undefined
