import { report } from '@throughline/core/binding'
import { NotTaken } from './transport.js'

/** How long a refusal keeps posthog-node from trying again; doubled each time, to the second number. */
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 60_000

/** What became of the events, and when the next ones may go. */
export class Delivery {
  /** Events in posthog-node's queue so far, its own included. */
  enqueued = 0
  sent = 0
  #resumeAt = 0
  #pauseMs = FIRST_PAUSE_MS
  #failing = false
  #lostBefore = 0

  /** Milliseconds until it is worth trying again; 0 for now. */
  get pauseMs(): number {
    return Math.max(0, this.#resumeAt - Date.now())
  }

  delivered(count: number, lost: number): void {
    this.sent += count
    this.#resumeAt = 0
    this.#pauseMs = FIRST_PAUSE_MS
    if (!this.#failing) return
    this.#failing = false
    report('info', 'posthog_send_recovered', { 'posthog.dropped': lost - this.#lostBefore })
  }

  /** One line for each outage, however long it lasts. */
  failed(error: unknown, lost: number): void {
    const cause = (error as { error?: unknown } | null)?.error ?? error
    const asked = cause instanceof NotTaken ? cause.retryAfterMs : undefined
    this.#resumeAt = Date.now() + (asked ?? this.#pauseMs)
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
    if (this.#failing) return
    this.#failing = true
    this.#lostBefore = lost
    report('warn', 'posthog_send_failed', { 'posthog.error': reasonOf(cause), hint: HINT })
  }
}

const HINT = 'check POSTHOG_HOST and POSTHOG_API_KEY; events wait, 1,000 at most'

/** The status that posthog-node's errors have, or why the connection failed. */
function reasonOf(error: unknown): string {
  const { status, message, cause } = (error ?? {}) as { status?: unknown; message?: unknown; cause?: unknown }
  if (typeof status === 'number') return `HTTP ${status}`
  const { code } = (cause ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : String(message)
}
