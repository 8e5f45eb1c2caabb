import { get, type IncomingMessage } from 'node:http'

/** One message of a stream of server-sent events; comments are named `:`. */
export interface StreamEvent {
  readonly name: string
  readonly data: unknown
}

/** An open stream of server-sent events. */
export class EventReader {
  readonly events: StreamEvent[] = []
  #rest = ''
  #isEnded = false
  #wake: () => void = () => {}

  constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8')
    response.on('data', (text: string) => this.#read(text))
    const end = () => {
      this.#isEnded = true
      this.#wake()
    }
    response.on('error', end)
    response.on('close', end)
  }

  static open(port: number): Promise<EventReader> {
    return new Promise((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port, path: '/api/stream', agent: false }, (response) =>
        resolve(new EventReader(response)),
      )
      request.on('error', reject)
    })
  }

  /** Waits until an event of this name has come. */
  async first(name: string): Promise<unknown> {
    await this.until(() => this.events.some((event) => event.name === name))
    return this.events.find((event) => event.name === name)?.data
  }

  async until(isDone: () => boolean): Promise<void> {
    while (!isDone() && !this.#isEnded) await this.#next()
    if (!isDone()) throw new Error('The stream has ended.')
  }

  async ended(): Promise<void> {
    while (!this.#isEnded) await this.#next()
  }

  close(): void {
    this.response.destroy()
  }

  #next(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve))
  }

  #read(text: string): void {
    const blocks = (this.#rest + text).split('\n\n')
    this.#rest = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.startsWith(':')) this.events.push({ name: ':', data: undefined })
      const name = /^event: (.*)$/m.exec(block)?.[1]
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (name !== undefined && data !== undefined) this.events.push({ name, data: JSON.parse(data) })
    }
    this.#wake()
  }
}
