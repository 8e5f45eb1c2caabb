import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import type { BatchLimits } from '@throughline/core'
import { runDetached } from '@throughline/core/binding'
import { runSuppressed } from '../tracing/suppressed.js'
import { type CollectorHealth, RefusedItems } from './collector-health.js'
import type { DropReason, Drops } from './drops.js'
import type { HttpTransport } from './http-transport.js'
import type { Signal } from './signal.js'

/** What an official exporter does of itself. */
interface Exporter<Request> {
  export(request: Request, done: (result: ExportResult) => void): void
}

/** What is different from signal to signal. */
export interface Guarded<Request> {
  readonly signal: Signal
  /** The collector's URL, as it may be shown. */
  readonly endpoint: string
  readonly exporter: Exporter<Request>
  readonly transport: HttpTransport
  /** Items that the collector has refused of an export that it took, since this was last asked. */
  readonly rejected: () => { count: number; message: string } | undefined
  /** Items that could not be encoded of the request that was exported last; they are not in what is sent. */
  readonly skipped: () => number
  readonly count: (request: Request) => number
  /** Takes what is to be sent next from the front of what waits. */
  readonly take: (waiting: Request[]) => Request | undefined
  /** Requests that may wait; the oldest goes first. */
  readonly mostWaiting: number
  readonly limits: BatchLimits
  readonly drops: Drops
  readonly health: CollectorHealth
}

const DONE: ExportResult = { code: ExportResultCode.SUCCESS }
const STOPPED = new Error('telemetry was stopped before the collector had answered')

/**
 * An official exporter that is never in the way: it takes an export over at once and sends it in its own time, outside
 * any request, one after the other.
 *
 * The SDK's processors wait for an answer behind timers that keep the process alive, so they get theirs at once; what
 * became of an export is counted here and told by `CollectorHealth`.
 */
export class GuardedExporter<Request> {
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

  constructor(private readonly guarded: Guarded<Request>) {}

  get signal(): Signal {
    return this.guarded.signal
  }

  get limits(): BatchLimits {
    return this.guarded.limits
  }

  get isStopped(): boolean {
    return this.#stopped
  }

  /** More came than may wait. */
  overflowed(): void {
    this.guarded.health.overflowed(this.signal)
  }

  export(request: Request, done: (result: ExportResult) => void): void {
    this.queued = Math.max(0, this.queued - this.guarded.count(request))
    if (this.#stopped) {
      this.#giveUp(this.guarded.count(request), 'shutdown')
    } else {
      this.#waiting.push(request)
      while (this.#waiting.length > this.guarded.mostWaiting) {
        this.#giveUp(this.guarded.count(this.#waiting.shift() as Request), 'queue_full')
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
    for (const request of this.#waiting.splice(0)) this.#giveUp(this.guarded.count(request), 'shutdown')
    this.guarded.transport.stop(STOPPED)
  }

  /** For the SDK's processors, which have all they wait for already. */
  async forceFlush(): Promise<void> {}

  /** For the SDK's processors: whoever stops them has flushed. */
  async shutdown(): Promise<void> {
    await Promise.all(this.#inFlight)
    this.stop()
  }

  async #flush(): Promise<void> {
    const { transport, take } = this.guarded
    transport.hurry()
    try {
      await runDetached(() => this.source?.())
      for (let request = take(this.#waiting); request !== undefined; request = take(this.#waiting)) {
        this.#send(request)
      }
      await Promise.all(this.#inFlight)
    } catch {
      // A processor or reader of the SDK failed; what it holds goes with a later flush.
    } finally {
      transport.hurried = false
    }
  }

  #proceed(): void {
    if (this.#inFlight.size > 0) return
    const request = this.guarded.take(this.#waiting)
    if (request !== undefined) this.#send(request)
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
    const count = this.guarded.count(request)
    let skipped = 0
    let result: ExportResult
    try {
      result = await new Promise<ExportResult>((resolve) => {
        runSuppressed(() => this.guarded.exporter.export(request, resolve))
        // One item that cannot be encoded does not take the others along.
        skipped = this.guarded.skipped()
        this.#giveUp(skipped, 'unserializable')
      })
    } catch {
      this.#giveUp(count - skipped, 'unserializable')
      return
    }
    // Of what could not be encoded at all nothing was sent.
    if (skipped === 0 || skipped < count) this.#settle(count - skipped, result)
  }

  #settle(count: number, result: ExportResult): void {
    const { health, signal, endpoint, rejected, drops } = this.guarded
    if (result.code === ExportResultCode.FAILED) {
      this.#giveUp(count, this.#stopped ? 'shutdown' : 'failed')
      health.failed(signal, endpoint, result.error ?? new Error('the export failed'))
      return
    }
    const refused = rejected()
    if (refused === undefined) {
      health.worked(signal)
    } else {
      drops.add(signal, 'rejected', refused.count)
      health.failed(signal, endpoint, new RefusedItems(refused.message))
    }
    this.#release(count)
  }

  #giveUp(count: number, reason: DropReason): void {
    this.guarded.drops.add(this.signal, reason, count)
    this.#release(count)
  }

  #release(count: number): void {
    this.open = Math.max(0, this.open - count)
    if (this.open <= this.limits.queueSize / 2) this.guarded.health.hasRoom(this.signal)
  }
}
