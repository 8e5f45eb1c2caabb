import type { PosthogConfig } from '../config/config.js'
import type { PosthogEvent } from '../posthog.js'
import { Delivery } from './delivery.js'
import type { SdkClient, SdkModule, SdkOptions } from './sdk.js'
import { Transport } from './transport.js'

/** Events that wait for PostHog; the oldest go first. */
export const MOST_WAITING = 1_000
/** posthog-node's name for its queue. */
const QUEUE = 'queue'

/** posthog-node's client with what is needed to watch it. */
export interface WatchedClient {
  readonly sdk: SdkClient
  readonly transport: Transport
  readonly delivery: Delivery
  /** Hands `call` the client, and counts what it leaves pending. */
  capture(call: (sdk: SdkClient) => void): void
  /** Captures that are not in the queue yet. */
  readonly pending: number
  /** Settles when none is, and no flush is under way. */
  settled(): Promise<void>
  /** Events in the queue. */
  readonly waiting: number
  /** Events that left the queue and were not taken: it was full, or they were refused for good. */
  readonly lost: number
  /** Empties the queue: nobody will take it any more. */
  discard(): void
}

/** What of posthog-node's client is meant for classes that extend it, or not meant for anybody but needed here. */
interface Extensible extends SdkClient {
  addPendingPromise<T>(promise: Promise<T>): Promise<T>
  enqueue(...args: unknown[]): void
  sendBatch(batch: unknown[], ...rest: unknown[]): Promise<void>
  flushAutomatic(): Promise<void>
  getPersistedProperty?(key: string): unknown
  setPersistedProperty?(key: string, value: unknown): void
}

/**
 * Makes the client of posthog-node: its own queue, batches, compression and flags, but it writes nothing to the
 * console, keeps no process from ending, and says what became of its events.
 *
 * @throws whatever its constructor throws
 */
export function createClient(
  module: SdkModule,
  config: PosthogConfig,
  beforeSend: (event: PosthogEvent) => PosthogEvent | null,
): WatchedClient {
  const delivery = new Delivery()
  const transport = new Transport()
  let capturing = false
  /** Captures and flushes under way, which posthog-node keeps as one. */
  let underWay = 0
  let pending = 0
  const waitingForSettled: (() => void)[] = []

  const Base = module.PostHog as unknown as new (apiKey: string, options: SdkOptions) => Extensible
  class Client extends Base {
    #later: NodeJS.Timeout | undefined

    override addPendingPromise<T>(promise: Promise<T>): Promise<T> {
      const ofCapture = capturing ? 1 : 0
      pending += ofCapture
      underWay++
      const settled = (): void => {
        pending -= ofCapture
        if (--underWay > 0) return
        for (const resolve of waitingForSettled.splice(0)) resolve()
      }
      promise.then(settled, settled)
      return super.addPendingPromise(promise)
    }

    override enqueue(...args: unknown[]): void {
      delivery.enqueued++
      super.enqueue(...args)
    }

    override async sendBatch(batch: unknown[], ...rest: unknown[]): Promise<void> {
      try {
        await super.sendBatch(batch, ...rest)
      } catch (error) {
        // Too large: it halves the batch and goes on.
        const { status } = error as { status?: unknown }
        if (status !== 413 || batch.length === 1) delivery.failed(error, watched.lost)
        throw error
      }
      delivery.delivered(batch.length, watched.lost)
    }

    /** What it does on its own: nothing while PostHog is away, and without an error printed each time. */
    override async flushAutomatic(): Promise<void> {
      if (delivery.pauseMs === 0) await super.flushAutomatic().catch(() => undefined)
      if (watched.waiting === 0 || this.#later !== undefined) return
      this.#later = setTimeout(
        () => {
          this.#later = undefined
          void this.flushAutomatic()
        },
        Math.max(delivery.pauseMs, FLUSH_INTERVAL_MS),
      )
      this.#later.unref()
    }
  }

  const sdk = new Client(config.apiKey, optionsOf(config, transport, beforeSend))
  const watched: WatchedClient = {
    sdk,
    transport,
    delivery,
    capture(call) {
      capturing = true
      try {
        call(sdk)
      } finally {
        capturing = false
      }
    },
    get pending() {
      return pending
    },
    async settled() {
      if (underWay > 0) await new Promise<void>((resolve) => waitingForSettled.push(resolve))
    },
    get waiting() {
      const queue = sdk.getPersistedProperty?.(QUEUE)
      return Array.isArray(queue) ? queue.length : 0
    },
    get lost() {
      // What was just sent is still in the queue for a moment.
      return Math.max(0, delivery.enqueued - delivery.sent - watched.waiting)
    },
    discard: () => sdk.setPersistedProperty?.(QUEUE, []),
  }
  return watched
}

const FLUSH_INTERVAL_MS = 5_000
/** How long flags may take, posthog-node's part of it (P5). */
const FLAG_TIMEOUT_MS = 2_000

function optionsOf(
  { host }: PosthogConfig,
  transport: Transport,
  beforeSend: (event: PosthogEvent) => PosthogEvent | null,
): SdkOptions {
  return {
    host,
    flushAt: 20,
    flushInterval: FLUSH_INTERVAL_MS,
    maxQueueSize: MOST_WAITING,
    requestTimeout: 5_000,
    // What it could not send stays in its queue for the next time; see Transport.
    fetchRetryCount: 0,
    featureFlagsRequestTimeoutMs: FLAG_TIMEOUT_MS,
    featureFlagsRequestMaxRetries: 0,
    fetch: transport.fetch,
    before_send: beforeSend,
  }
}
