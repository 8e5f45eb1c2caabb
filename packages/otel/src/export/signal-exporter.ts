import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import type { BatchLimits } from '@throughline/core'
import { runDetached } from '@throughline/core/binding'
import type { EncodedRequest } from '../otlp/export-request.js'
import { readRefusal } from '../otlp/partial-success.js'
import { runSuppressed } from '../tracing/suppressed.js'
import { type CollectorHealth, RefusedItems } from './collector-health.js'
import type { DropReason, Drops } from './drops.js'
import type { AttemptResult } from './http-attempt.js'
import type { HttpTransport } from './http-transport.js'
import type { Requests } from './requests.js'
import type { Signal } from './signal.js'

/** What is different from signal to signal. */
export interface SignalOptions<Request> {
  readonly signal: Signal
  /** The collector's URL, as it may be shown. */
  readonly endpoint: string
  readonly transport: HttpTransport
  readonly encode: (request: Request) => EncodedRequest
  readonly requests: Requests<Request>
  readonly limits: BatchLimits
  readonly drops: Drops
  readonly health: CollectorHealth
}

const DONE: ExportResult = { code: ExportResultCode.SUCCESS }
const STOPPED = new Error('telemetry was stopped before the collector had answered')

/**
 * The exporter of one signal, which is never in the way: it takes a request over at once and sends it in its own time,
 * outside any request of the application, one after the other.
 *
 * The SDK's processors wait for an answer behind timers that keep the process alive, so they get theirs at once; what
 * became of a request is counted here and told by `CollectorHealth`.
 */
export class SignalExporter<Request> {
  /** Items that a processor has let in and that have neither arrived nor been given up. */
  open = 0
  /** Of these, those that the processor still holds. */
  queued = 0
  /** Has the processor or reader hand over what it holds. */
  source: (() => Promise<void>) | undefined
  readonly #inFlight = new Set<Promise<void>>()
  readonly #waiting: Request[] = []
  #stopped = false
  #flushing: Promise<void> | undefined
  #nextFlush: Promise<void> | undefined

  constructor(private readonly options: SignalOptions<Request>) {}

  get signal(): Signal {
    return this.options.signal
  }

  get limits(): BatchLimits {
    return this.options.limits
  }

  get isStopped(): boolean {
    return this.#stopped
  }

  /** More came than may wait. */
  overflowed(): void {
    this.options.health.overflowed(this.signal)
  }

  export(request: Request, done: (result: ExportResult) => void): void {
    this.queued = Math.max(0, this.queued - this.#count(request))
    if (this.#stopped) {
      this.#giveUp(this.#count(request), 'shutdown')
    } else {
      this.#waiting.push(request)
      while (this.#waiting.length > this.options.requests.mostWaiting) {
        this.#giveUp(this.#count(this.#waiting.shift() as Request), 'queue_full')
      }
      this.#proceed()
    }
    done(DONE)
  }

  /**
   * Sends what was let in before, the processor's part included. Never rejects; has no bound of its own.
   *
   * The SDK lets a second flush return while the first one runs: here it waits, then takes what came since.
   */
  flush(): Promise<void> {
    if (this.#flushing === undefined) {
      this.#flushing = this.#flush().finally(() => (this.#flushing = undefined))
      return this.#flushing
    }
    this.#nextFlush ??= this.#flushing.then(() => {
      this.#nextFlush = undefined
      return this.flush()
    })
    return this.#nextFlush
  }

  /** Ends all at once; what has not arrived is given up. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    for (const request of this.#waiting.splice(0)) this.#giveUp(this.#count(request), 'shutdown')
    this.options.transport.stop(STOPPED)
  }

  /** For the SDK's processors, which have all they wait for already. */
  async forceFlush(): Promise<void> {}

  /** For the SDK's processors: whoever stops them has flushed. */
  async shutdown(): Promise<void> {
    await Promise.all(this.#inFlight)
    this.stop()
  }

  async #flush(): Promise<void> {
    const { transport } = this.options
    transport.hurry()
    try {
      await runDetached(() => this.source?.())
      for (let next = this.#next(); next !== undefined; next = this.#next()) this.#send(next)
      await Promise.all(this.#inFlight)
    } catch {
      // A processor or reader of the SDK failed; what it holds goes with a later flush.
    } finally {
      transport.hurried = false
    }
  }

  #proceed(): void {
    if (this.#inFlight.size > 0) return
    const next = this.#next()
    if (next !== undefined) this.#send(next)
  }

  #next(): Request | undefined {
    const { requests, limits } = this.options
    return requests.take(this.#waiting, limits.batchSize)
  }

  #send(request: Request): void {
    const sending = this.#deliver(request).finally(() => {
      this.#inFlight.delete(sending)
      this.#proceed()
    })
    this.#inFlight.add(sending)
  }

  /** Never rejects. */
  async #deliver(request: Request): Promise<void> {
    const { transport, limits } = this.options
    const count = this.#count(request)
    const { body, skipped } = this.#encode(request)
    // One item that cannot be encoded does not take the others along.
    this.#giveUp(skipped, 'unserializable')
    if (body === undefined) return
    const result = await runSuppressed(() => transport.send(body, limits.timeoutMs))
    this.#settle(count - skipped, result)
  }

  #encode(request: Request): EncodedRequest {
    try {
      return runSuppressed(() => this.options.encode(request))
    } catch {
      return { body: undefined, skipped: this.#count(request) }
    }
  }

  /** @param count the items that were sent */
  #settle(count: number, result: AttemptResult): void {
    const { health, signal, endpoint, drops } = this.options
    if (result.status !== 'success') {
      this.#giveUp(count, this.#stopped ? 'shutdown' : 'failed')
      health.failed(signal, endpoint, result.error)
      return
    }
    const refusal = readRefusal(result.answer)
    if (refusal === undefined) {
      health.worked(signal)
    } else {
      drops.add(signal, 'rejected', Math.min(refusal.count, count))
      health.failed(signal, endpoint, new RefusedItems(refusal.reason))
    }
    this.#release(count)
  }

  #count(request: Request): number {
    return this.options.requests.count(request)
  }

  #giveUp(count: number, reason: DropReason): void {
    this.options.drops.add(this.signal, reason, count)
    this.#release(count)
  }

  #release(count: number): void {
    this.open = Math.max(0, this.open - count)
    if (this.open <= this.limits.queueSize / 2) this.options.health.hasRoom(this.signal)
  }
}
