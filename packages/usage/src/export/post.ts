import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Socket } from 'node:net'
import { SCOPE } from './instrumentation-scope.js'
import { lookUp } from './lookup.js'

/** How long a collector may take to answer; the next export is due long after. */
const TIMEOUT_MS = 10_000

export interface Request {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Ends it early. */
  readonly signal: AbortSignal
}

/** Whether it arrived; `refused` is for good, `later` may be tried again. */
export interface Answer {
  readonly verdict: 'accepted' | 'refused' | 'later'
  /** When, where the collector says so. */
  readonly retryAfterMs?: number | undefined
}

/**
 * Posts one OTLP request; never rejects, and follows nobody elsewhere.
 *
 * Neither the socket nor the timer keeps the process alive: whoever waits for the answer has to. OpenTelemetry's own
 * exporter holds it for up to 10 s, and sends along what `OTEL_EXPORTER_OTLP_HEADERS` says: the application's keys.
 */
export async function post(request: Request): Promise<Answer> {
  try {
    return await send(request)
  } catch {
    return { verdict: 'refused' }
  }
}

function send({ url, headers, body, signal }: Request): Promise<Answer> {
  return new Promise((resolve) => {
    const open = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = open(url, {
      method: 'POST',
      // One request every 30 s: an idle connection would be of no use to anybody.
      agent: false,
      lookup: lookUp,
      signal,
      headers: {
        'User-Agent': `throughline-usage/${SCOPE.version}`,
        ...headers,
        'Content-Type': 'application/x-protobuf',
        'Content-Length': body.byteLength,
      },
    })
    const timer = setTimeout(() => request.destroy(new Error('no answer')), TIMEOUT_MS).unref()
    request.on('socket', unref)
    request.on('response', (response) => {
      // What it says besides is of no interest, but the connection is to end properly.
      response.on('error', () => {}).resume()
      resolve(answerOf(response))
    })
    request.on('error', () => resolve({ verdict: 'later' }))
    request.on('close', () => {
      clearTimeout(timer)
      resolve({ verdict: 'later' })
    })
    request.end(body)
  })
}

function unref(socket: Socket): void {
  socket.unref()
  // Where a name has several addresses each try has a handle of its own.
  if (socket.connecting) socket.on('connectionAttempt', () => socket.unref())
}

/** By the OTLP specification. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504])

function answerOf({ statusCode = 0, headers }: IncomingMessage): Answer {
  if (statusCode >= 200 && statusCode <= 299) return { verdict: 'accepted' }
  if (!RETRYABLE.has(statusCode)) return { verdict: 'refused' }
  return { verdict: 'later', retryAfterMs: retryAfter(headers['retry-after']) }
}

/** Milliseconds of a `Retry-After` in seconds or as a date; undefined where it says neither. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
