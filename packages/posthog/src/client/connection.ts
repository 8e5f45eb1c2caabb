import { report } from '@throughline/core/binding'
import type { PosthogConfig } from '../config/config.js'
import type { PosthogCounts, PosthogEvent } from '../posthog.js'
import { runApart } from './apart.js'
import { createClient, MOST_WAITING, type WatchedClient } from './client.js'
import { type Call, PendingCalls } from './pending-calls.js'
import type { LoadSdk, SdkClient } from './sdk.js'
import { within } from './within.js'

/** How long a flush and a shutdown may take (P11). */
export const FLUSH_BOUND_MS = 2_000

/** posthog-node from the decision to load it to its end, and what waits for it. Nothing in here throws or rejects. */
export class Connection {
  readonly ready: Promise<void>
  #client: WatchedClient | undefined
  readonly #calls = new PendingCalls(MOST_WAITING)
  #captured = 0
  #dropped = 0
  #failureTold = false
  #closed = false
  #closing: Promise<void> | undefined
  /** A flush was not through in time, and nothing has come since: there is no use in waiting once more. */
  #givenUp = false
  #broken = false

  constructor(
    private readonly config: PosthogConfig,
    private readonly beforeSend: (event: PosthogEvent) => PosthogEvent | null,
    load: LoadSdk,
  ) {
    this.ready = runApart(() => this.#open(load))
  }

  get isOpen(): boolean {
    return !this.#closed && !this.#broken
  }

  get counts(): PosthogCounts {
    const { waiting = 0, pending = 0, lost = 0 } = this.#client ?? {}
    return {
      captured: this.#captured,
      sent: this.#client?.delivery.sent ?? 0,
      waiting: this.#calls.size + pending + waiting,
      dropped: this.#dropped + lost,
    }
  }

  /** Hands an event over, now or when posthog-node is loaded. */
  send(call: (sdk: SdkClient) => void): void {
    this.#captured++
    this.#givenUp = false
    const whole: Call = (client) => {
      if (client.pending >= MOST_WAITING) this.#dropped++
      else this.#attempt(() => client.capture(call))
    }
    if (!this.isOpen) this.#dropped++
    else if (this.#client !== undefined) whole(this.#client)
    else if (!this.#calls.add(whole)) this.#dropped++
  }

  /** Settles with the client, for questions; undefined where there is none. */
  async client(): Promise<SdkClient | undefined> {
    await this.ready
    return this.isOpen ? this.#client?.sdk : undefined
  }

  async flush(): Promise<void> {
    const flushing = runApart(() => this.#flush()).then(
      () => true,
      () => true,
    )
    if ((await within(FLUSH_BOUND_MS, flushing)) === true) return
    this.#givenUp = true
    this.#client?.transport.endBatches()
  }

  /** Nothing of it keeps the process from ending afterwards. */
  close(): Promise<void> {
    this.#closed = true
    return (this.#closing ??= this.#close())
  }

  async #close(): Promise<void> {
    if (!this.#givenUp) await this.flush()
    this.#dropped += this.#calls.take().length
    const client = this.#client
    if (client === undefined) return
    client.transport.stop()
    // It prints a flush that fails while it shuts down, and tries again what is left in its queue.
    await within(FLUSH_BOUND_MS, client.settled())
    client.discard()
    await within(
      FLUSH_BOUND_MS,
      runApart(async () => client.sdk.shutdown()),
    ).catch(() => undefined)
  }

  async #flush(): Promise<void> {
    await this.ready
    await this.#client?.sdk.flush?.()
  }

  async #open(load: LoadSdk): Promise<void> {
    try {
      const module = await load(this.config)
      if (this.#closed && this.#calls.size === 0) return
      const client = createClient(module, this.config, (event) => this.#lastLook(event))
      this.#client = client
      for (const call of this.#calls.take()) call(client)
    } catch (error) {
      this.#broken = true
      this.#dropped += this.#calls.take().length
      report('warn', 'posthog_not_started', { error, hint: 'PostHog is left off; everything else goes on' })
    }
  }

  /** The caller's hook may throw, or leave an event out. */
  #lastLook(event: PosthogEvent): PosthogEvent | null {
    try {
      const whole = this.beforeSend(event)
      if (whole !== null && whole !== undefined) return whole
    } catch {
      // It goes with those that were left out.
    }
    this.#dropped++
    return null
  }

  /** One line for the first call that fails, whatever its reason. */
  #attempt(call: () => void): void {
    try {
      runApart(call)
    } catch (error) {
      this.#dropped++
      if (this.#failureTold) return
      this.#failureTold = true
      report('warn', 'posthog_call_failed', {
        error,
        hint: 'posthog-node threw; further failures are only counted',
      })
    }
  }
}
