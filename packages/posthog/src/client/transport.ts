import type { SdkRequest } from './sdk.js'

/** Statuses after which the same request may be taken later. */
const FOR_NOW = new Set([408, 429, 500, 502, 503, 504])
const LONGEST_RETRY_AFTER_MS = 300_000

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
  readonly #open = new Set<AbortController>()
  #stopped = false

  /**
   * For the option `fetch` of posthog-node.
   *
   * It drops a batch for a status like 503 unless it tries again itself, by timers that would keep the process from
   * ending for nine seconds. An error it keeps the batch for, as if the network had failed.
   */
  readonly fetch = async (url: string, { signal, ...options }: SdkRequest): Promise<Response> => {
    const controller = new AbortController()
    const abort = (): void => controller.abort(signal?.reason)
    if (this.#stopped || signal?.aborted === true) abort()
    signal?.addEventListener('abort', abort, { once: true })
    this.#open.add(controller)
    try {
      const response = await fetch(url, { ...options, signal: controller.signal } as RequestInit)
      // Nobody reads it, and unread it would hold the connection, and with it the process.
      if (response.status >= 400) void response.body?.cancel().catch(() => undefined)
      if (!FOR_NOW.has(response.status)) return response
      throw new NotTaken(response.status, retryAfterMs(response.headers.get('retry-after')))
    } finally {
      this.#open.delete(controller)
    }
  }

  /** Ends what is open, and what comes: the process is about to end. */
  stop(): void {
    this.#stopped = true
    for (const controller of this.#open) controller.abort()
  }
}

/** A number of seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1_000
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS)
}
