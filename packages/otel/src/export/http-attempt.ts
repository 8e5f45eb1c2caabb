import type { Agent, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { http, https } from '../builtins.js'

/** A collector answers with a few bytes; what says more is not one. */
const LONGEST_ANSWER = 64 * 1024

/** One POST. */
export interface Attempt {
  readonly url: URL
  readonly agent: Agent
  readonly headers: Record<string, string>
  readonly body: Uint8Array
  readonly timeoutMs: number
}

/** The collector has taken what was sent. */
interface Success {
  readonly status: 'success'
  readonly answer: Uint8Array
}

/** It has not, and will not. */
interface Failure {
  readonly status: 'failure'
  readonly error: Error
}

/** It has not, but may take it later. */
interface Retryable {
  readonly status: 'retryable'
  readonly error: Error
  /** When, where that is known. */
  readonly retryAfterMs?: number
  /** Nobody answered. */
  readonly unreachable?: boolean
}

export type AttemptResult = Success | Failure | Retryable

/** An answer that is no success. */
class StatusError extends Error {
  constructor(
    readonly code: number,
    text: string,
  ) {
    super(`HTTP ${code} ${text}`.trim())
  }
}

/**
 * Sends once. Neither the socket nor a timer keeps the process alive: whoever waits for the answer has to.
 *
 * @param onAbort is given what ends the attempt early
 */
export function attempt(
  { url, agent, headers, body, timeoutMs }: Attempt,
  onAbort: (abort: (reason: Error) => void) => void,
): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const { request: send } = url.protocol === 'https:' ? https() : http
    const request = send(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'Content-Length': String(body.byteLength) },
    })
    const end = (result: AttemptResult): void => {
      clearTimeout(timer)
      resolve(result)
    }
    const abort = (reason: Error): void => void request.destroy(reason)
    const timer = setTimeout(() => abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs).unref()
    onAbort(abort)
    request.on('socket', unref)
    request.on('response', (response) => readAnswer(response, end))
    request.on('error', (error) => end(failure(error, request.reusedSocket)))
    request.end(body)
  })
}

function unref(socket: Socket): void {
  socket.unref()
  // Where a name has several addresses each try has a handle of its own.
  if (socket.connecting) socket.on('connectionAttempt', () => socket.unref())
}

function readAnswer(response: IncomingMessage, end: (result: AttemptResult) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  const { statusCode = 0, statusMessage = '' } = response
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= LONGEST_ANSWER) chunks.push(chunk)
    else response.destroy(new Error(`the answer is longer than ${LONGEST_ANSWER} bytes: not a collector's`))
  })
  response.on('end', () => {
    if (statusCode >= 200 && statusCode <= 299) {
      end({ status: 'success', answer: Buffer.concat(chunks) })
      return
    }
    const error = new StatusError(statusCode, statusMessage)
    if (!RETRYABLE_STATUS.has(statusCode)) return end({ status: 'failure', error })
    const wait = retryAfter(response.headers['retry-after'])
    end({ status: 'retryable', error, ...(wait !== undefined && { retryAfterMs: wait }) })
  })
  response.on('error', (error) => end({ status: 'failure', error }))
}

/** By the OTLP specification. */
const RETRYABLE_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504])

/** Nobody is there. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
])

/** Somebody was there, and may be again in a moment. */
const BROKEN_OFF: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

/** @param stale the connection was an idle one, which the other side may have closed in the meantime */
function failure(error: NodeJS.ErrnoException, stale: boolean): AttemptResult {
  const code = error.code ?? ''
  if (UNREACHABLE.has(code)) return { status: 'retryable', error, unreachable: true }
  if (!BROKEN_OFF.has(code)) return { status: 'failure', error }
  return { status: 'retryable', error, ...(stale && { retryAfterMs: 0 }) }
}

/** Milliseconds of a `Retry-After` in seconds or as a date; undefined where it says neither. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
