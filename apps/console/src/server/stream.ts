import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Status, StreamMessages } from '../shared/api.js'
import { Refusal } from './refusal.js'
import type { TelemetryStore } from './telemetry-store.js'

export interface StreamOptions {
  /** Streams at once; a page has one. */
  readonly most?: number
  /** Milliseconds from one batch of changes to the next. */
  readonly batchMs?: number
  /** Milliseconds without anything else until a comment is sent, so that a stream that is cut off is found out. */
  readonly heartbeatMs?: number
  /** Milliseconds for which a reader may leave lying what it was sent. */
  readonly stallMs?: number
}

interface Reader {
  readonly response: ServerResponse
  /** Of the store, as far as the reader has been told. */
  version: number
  toldStatus: string
  lastSent: number
  /** Since when it has not taken what it was sent. */
  stalled: number | undefined
}

/** Changes as they are sent, and the version that a reader has with them. */
interface Changes {
  readonly version: number
  readonly text: string
}

/** Rows in one message; the newest come first, and a page shows no more at once. */
const MAX_ROWS = 500
/** A version that no store reaches: what has changed since then is nothing. */
const NEVER = Number.MAX_SAFE_INTEGER

/**
 * Tells pages what changes. Changes are asked for when they are sent, from the version that a reader has on, so that
 * nothing is kept for a reader that is slow, and nothing is done while nobody listens.
 */
export class StreamHub {
  readonly #options: Required<StreamOptions>
  readonly #readers = new Set<Reader>()
  #unsubscribe: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined
  #changed = false

  constructor(
    readonly store: Pick<TelemetryStore, 'changesSince' | 'onChange'>,
    readonly status: () => Status,
    { most = 20, batchMs = 250, heartbeatMs = 15_000, stallMs = 20_000 }: StreamOptions = {},
  ) {
    this.#options = { most, batchMs, heartbeatMs, stallMs }
  }

  get size(): number {
    return this.#readers.size
  }

  open(request: IncomingMessage, response: ServerResponse): void {
    if (this.#readers.size >= this.#options.most) {
      throw new Refusal(503, `${this.#options.most} pages are open already; close some.`, {
        'retry-after': '10',
      })
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const { version } = this.store.changesSince(NEVER, 0)
    const reader: Reader = { response, version, toldStatus: '', lastSent: 0, stalled: undefined }
    this.#readers.add(reader)
    response.on('drain', () => (reader.stalled = undefined))
    response.on('close', () => this.#leave(reader))
    response.on('error', () => this.#leave(reader))
    this.#write(reader, `retry: 2000\n\n${this.#news(reader, new Map(), this.#statusText())}`)
    this.#start()
  }

  close(): void {
    for (const { response } of this.#readers) response.destroy()
    this.#stop()
  }

  #start(): void {
    if (this.#timer !== undefined) return
    this.#unsubscribe = this.store.onChange(() => (this.#changed = true))
    this.#timer = setInterval(() => this.#tick(), this.#options.batchMs)
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#unsubscribe?.()
    this.#unsubscribe = undefined
  }

  #leave(reader: Reader): void {
    if (this.#readers.delete(reader) && this.#readers.size === 0) this.#stop()
  }

  #tick(): void {
    const now = performance.now()
    const statusText = this.#changed ? this.#statusText() : undefined
    const changes = new Map<number, Changes>()
    const isBehind = [...this.#readers].some(({ stalled }) => stalled !== undefined)
    for (const reader of this.#readers) {
      if (reader.stalled !== undefined) {
        // The browser's EventSource comes back, and its page reads anew.
        if (now - reader.stalled > this.#options.stallMs) reader.response.destroy()
        continue
      }
      const text = statusText === undefined ? '' : this.#news(reader, changes, statusText)
      if (text !== '') this.#write(reader, text)
      else if (now - reader.lastSent > this.#options.heartbeatMs) this.#write(reader, ':\n\n')
    }
    // Who was passed over is told at the next turn, whether anything has changed by then or not.
    this.#changed = isBehind
  }

  /** What a reader has not been told; `changes` is shared by readers of one version. */
  #news(reader: Reader, changes: Map<number, Changes>, statusText: string): string {
    const { version, text } = changes.get(reader.version) ?? this.#changesSince(reader.version)
    changes.set(reader.version, { version, text })
    const status = statusText === reader.toldStatus ? '' : `event: status\ndata: ${statusText}\n\n`
    reader.version = version
    reader.toldStatus = statusText
    return text + status
  }

  #changesSince(since: number): Changes {
    const { version, requests, gone } = this.store.changesSince(since, MAX_ROWS)
    return { version, text: message('requests', requests) + message('gone', gone) }
  }

  #statusText(): string {
    return JSON.stringify(this.status())
  }

  #write(reader: Reader, text: string): void {
    reader.lastSent = performance.now()
    if (!reader.response.write(text)) reader.stalled = reader.lastSent
  }
}

/** JSON has no line breaks of its own, so that it is one line of data. */
function message<Name extends keyof StreamMessages>(
  name: Name,
  value: StreamMessages[Name] & unknown[],
): string {
  return value.length === 0 ? '' : `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`
}
