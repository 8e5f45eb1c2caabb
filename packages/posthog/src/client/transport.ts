import type { SdkRequest } from './sdk.js'

/** Statuses after which the same request may be taken later. */
const FOR_NOW = new Set([408, 429, 500, 502, 503, 504])
const LONGEST_RETRY_AFTER_MS = 300_000
/** Far more than the answer to one flag with its payload. */
const LONGEST_ANSWER = 4 * 1024 * 1024

/** PostHog does not take anything at the moment; posthog-node keeps what it could not hand over. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken'

  constructor(
    readonly status: number,
    /** What PostHog itself asked for, in milliseconds. */
    readonly retryAfterMs: number | undefined,
  ) {
    super(`PostHog answered ${status}`)
  }
}

/** The requests to PostHog: they can be ended from outside, and a refusal for the moment is told apart from one for good. */
export class Transport {
  /** Requests under way, by the URL that they go to. */
  readonly #open = new Map<AbortController, string>()
  #stopped = false

  /**
   * For the option `fetch` of posthog-node.
   *
   * It drops a batch for a status like 503 unless it tries again itself, by timers that would keep the process from
   * ending for nine seconds. An error it keeps the batch for, as if the network had failed. A redirection is such an
   * error too: followed, it would take events to somebody else, or lose them on the way as a GET.
   */
  readonly fetch = async (url: string, { signal, ...options }: SdkRequest): Promise<Response> => {
    const controller = new AbortController()
    const abort = (): void => controller.abort(signal?.reason)
    if (this.#stopped || signal?.aborted === true) abort()
    signal?.addEventListener('abort', abort, { once: true })
    this.#open.set(controller, url)
    try {
      const { signal: ofOurs } = controller
      const response = await fetch(url, { ...options, redirect: 'manual', signal: ofOurs } as RequestInit)
      const { status } = response
      if (status < 300) return bounded(response)
      // Nobody reads it, and unread it would hold the connection, and with it the process.
      void response.body?.cancel().catch(() => undefined)
      if (status >= 400 && !FOR_NOW.has(status)) return response
      throw new NotTaken(status, retryAfterMs(response.headers.get('retry-after')))
    } finally {
      this.#open.delete(controller)
    }
  }

  /** Ends the batches that are open: they stay in the queue, and do not keep the process from ending. */
  endBatches(): void {
    for (const [controller, url] of this.#open) if (url.includes('/batch/')) controller.abort()
  }

  /** Ends what is open, and what comes: the process is about to end. */
  stop(): void {
    this.#stopped = true
    for (const controller of this.#open.keys()) controller.abort()
  }
}

/** The answer, in which an error stands in place of what is too long. */
function bounded(response: Response): Response {
  const { body, status, headers } = response
  if (body === null) return response
  let bytes = 0
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      if (bytes > LONGEST_ANSWER) controller.error(new Error('PostHog answered too much'))
      else controller.enqueue(chunk)
    },
  })
  return new Response(body.pipeThrough(limit), { status, headers })
}

/** A number of seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1_000
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS)
}
