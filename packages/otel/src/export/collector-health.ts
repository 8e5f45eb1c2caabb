import { insist } from '@throughline/core/binding'
import type { Drops } from './drops.js'
import type { Signal } from './signal.js'

const EXPORT_FAILED = 'otel_export_failed'
const EXPORT_RECOVERED = 'otel_export_recovered'
const RECORDS_DROPPED = 'otel_records_dropped'

/** A collector took an export but for some items. */
export class RefusedItems extends Error {
  constructor(reason: string) {
    super(`the collector refused a part: ${reason}`)
  }
}

/** A collector that comes and goes is told of no more often than this. */
const QUIET_MS = 60_000

/**
 * Says once that the collector is away, and once that it is back: one line per outage, whatever signals it hits (R1.9).
 *
 * An outage begins when an export has failed more than once, or more came than may wait; it ends when every signal
 * that failed gets through again.
 */
export class CollectorHealth {
  readonly #failing = new Set<Signal>()
  readonly #overflowing = new Set<Signal>()
  #failureTold = false
  #overflowTold = false
  /** What had been lost when that was last told. */
  #droppedBefore = 0
  #lastTold = -QUIET_MS

  constructor(private readonly drops: Drops) {}

  failed(signal: Signal, endpoint: string, error: Error): void {
    this.#failing.add(signal)
    if (this.#failureTold || this.#quiet(this.#overflowTold)) return
    this.#failureTold = true
    this.#tell('warn', EXPORT_FAILED, {
      'otel.signal': signal,
      'otel.endpoint': endpoint,
      'otel.error': describe(error),
      hint: hintFor(error),
    })
  }

  /** More came than may wait. Nothing is said while the collector is known to be away. */
  overflowed(signal: Signal): void {
    if (this.#overflowing.has(signal)) return
    this.#overflowing.add(signal)
    if (this.#overflowTold || this.#failureTold || this.#quiet(false)) return
    this.#overflowTold = true
    this.#tell('warn', RECORDS_DROPPED, {
      'otel.signal': signal,
      'otel.dropped': this.#dropped(),
      hint: 'the collector takes less than comes: give it more room, export less, or raise the queue size',
    })
  }

  worked(signal: Signal): void {
    if (this.#failing.delete(signal)) this.#maybeEnd()
  }

  /** The queue of a signal has room again. */
  hasRoom(signal: Signal): void {
    if (this.#overflowing.delete(signal)) this.#maybeEnd()
  }

  #maybeEnd(): void {
    if (this.#failing.size + this.#overflowing.size > 0) return
    if (this.#failureTold || this.#overflowTold) {
      this.#tell('info', EXPORT_RECOVERED, { 'otel.dropped': this.#dropped() })
    }
    this.#failureTold = false
    this.#overflowTold = false
    this.#droppedBefore = this.drops.total
  }

  #dropped(): number {
    return this.drops.total - this.#droppedBefore
  }

  /** @param sameOutage this outage has had a line of the other kind, which does not silence it */
  #quiet(sameOutage: boolean): boolean {
    return !sameOutage && performance.now() - this.#lastTold < QUIET_MS
  }

  #tell(level: 'warn' | 'info', event: string, attributes: object): void {
    if (level === 'warn') this.#lastTold = performance.now()
    // To the console alone: exported, each would give rise to the next (R1.10).
    insist(event, attributes, level)
  }
}

/** The error in one line; Node gives one without a message when each of several addresses failed. */
function describe(error: Error): string {
  const { code } = error as { code?: unknown }
  const text = error.message || (typeof code === 'string' ? code : error.name)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

function hintFor(error: Error): string {
  const { code } = error as { code?: unknown }
  if (code === 401 || code === 403) return 'check OTEL_EXPORTER_OTLP_HEADERS'
  if (code === 404) return 'check the path of OTEL_EXPORTER_OTLP_ENDPOINT'
  if (code === 429 || code === 503) return 'the collector is overloaded; records are dropped until it is not'
  if (typeof code === 'string' && /CERT|SIGNATURE|TLS/.test(code))
    return 'check OTEL_EXPORTER_OTLP_CERTIFICATE'
  if (typeof code === 'number' || error instanceof RefusedItems) return 'the log of the collector says more'
  return 'check OTEL_EXPORTER_OTLP_ENDPOINT, and that the collector runs; records are dropped until it does'
}
