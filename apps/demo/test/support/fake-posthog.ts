import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { Collected } from '../../src/stage/collected.js'

export interface ArrivedEvent {
  readonly event: string
  readonly distinct_id: string
  readonly properties: Readonly<Record<string, unknown>>
}

interface Answer {
  status: number
  body: object
}

/** PostHog as far as the service needs it: takes events and answers flags. */
export class FakePosthog {
  readonly events = new Collected<ArrivedEvent>()
  /** What flags are for everybody; undefined is a PostHog that fails. */
  flags: Record<string, boolean> | undefined = {}
  readonly #server = createServer((request, response) => void this.#take(request, response))

  static async start(): Promise<FakePosthog> {
    const fake = new FakePosthog()
    await once(fake.#server.listen(0, '127.0.0.1'), 'listening')
    return fake
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The error of a request, as soon as it is there. */
  errorOf(requestId: string): Promise<ArrivedEvent> {
    return this.events.until(`the error of ${requestId}`, (all) =>
      all.find(({ event, properties }) => event === '$exception' && properties['request.id'] === requestId),
    )
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request)
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
    const isAboutFlags = request.url?.startsWith('/flags') === true
    const { status, body } = isAboutFlags ? this.#flagsAnswer() : this.#takeBatch(text)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  #takeBatch(text: string): Answer {
    for (const event of (JSON.parse(text) as { batch: ArrivedEvent[] }).batch) this.events.add(event)
    return { status: 200, body: { status: 'Ok' } }
  }

  #flagsAnswer(): Answer {
    if (this.flags === undefined) return { status: 500, body: {} }
    const flags = Object.entries(this.flags).map(([key, enabled]) => [
      key,
      { key, enabled, reason: { code: 'condition_match' }, metadata: { id: 1, version: 1 } },
    ])
    return { status: 200, body: { flags: Object.fromEntries(flags), errorsWhileComputingFlags: false } }
  }
}
