import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { bare } from '../bare.js'
import type { Measurement } from '../event/measurement.js'
import type { ExporterOptions, UsageExporter } from '../pipeline/usage-exporter.js'
import type { ExportSettings } from '../settings/settings.js'
import { type Meter, createMeter } from './meter.js'
import { type Answer, post } from './post.js'

/** A collector may ask for patience, not for silence. */
const LONGEST_PATIENCE_MS = 600_000

/** Counts by OpenTelemetry's instruments, sends over OTLP/HTTP. */
export function createUsageExporter(settings: ExportSettings, options: ExporterOptions = {}): UsageExporter {
  return new Exporter(settings, createMeter(settings), bare(options))
}

/**
 * One request at a time. While the collector is away, one request is kept and nothing further is collected: the
 * instruments go on adding up, so that an outage costs neither counts nor memory.
 */
class Exporter implements UsageExporter {
  readonly #closing = new AbortController()
  #unsent: Uint8Array | undefined
  #last: Promise<void> = Promise.resolve()
  #notBefore = 0
  busy = false

  constructor(
    private readonly settings: ExportSettings,
    private readonly meter: Meter,
    private readonly options: ExporterOptions,
  ) {
    this.#unsent = options.unsent
  }

  get unsent(): Uint8Array | undefined {
    return this.busy ? undefined : this.#unsent
  }

  record(measurement: Measurement): void {
    this.meter.record(measurement)
  }

  export(): Promise<void> {
    return (this.#last = this.#last.then(() => this.#exportAll()).catch(() => {}))
  }

  close(): void {
    this.#closing.abort()
  }

  async #exportAll(): Promise<void> {
    if (performance.now() < this.#notBefore) return
    if (this.#unsent !== undefined && !(await this.#send(this.#unsent))) return
    const collected = await this.meter.collect()
    this.options.onCollected?.()
    if (collected !== undefined) await this.#send(collected)
  }

  /** False: not taken, to be sent again. */
  async #send(body: Uint8Array): Promise<boolean> {
    this.busy = true
    const answer = await this.#post(body)
    this.busy = false
    const later = answer.verdict === 'later'
    this.#unsent = later ? body : undefined
    if (later) this.#notBefore = performance.now() + Math.min(answer.retryAfterMs ?? 0, LONGEST_PATIENCE_MS)
    return !later
  }

  /** No span of the application's own tracing, no trace or baggage of it on the way. Never rejects. */
  async #post(body: Uint8Array): Promise<Answer> {
    const { url, headers } = this.settings
    const { signal } = this.#closing
    try {
      return await context.with(suppressTracing(ROOT_CONTEXT), () =>
        post({ url: new URL(url), headers, body, signal }),
      )
    } catch {
      // A context manager that throws.
      return { verdict: 'refused' }
    }
  }
}
