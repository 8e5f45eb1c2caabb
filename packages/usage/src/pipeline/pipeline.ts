import { AsyncLocalStorage } from 'node:async_hooks'
import type { Measurement } from '../event/measurement.js'
import type { Ending, LastExport, ProcessEnd } from '../process/ending.js'
import { onProcessEnd } from '../process/process-end.js'
import type { ExportSettings } from '../settings/settings.js'
import type { ExporterModule, UsageExporter } from './usage-exporter.js'
import { withinBound } from './within-bound.js'

/** Events that are kept: while OpenTelemetry loads (U2), and for an end that leaves no time to ask it. */
const MOST_KEPT = 1_000
const INTERVAL_MS = 30_000
const FLUSH_MS = 2_000

/** Timers and requests would keep the context, such as a request's, of whoever happens to count first. */
const outsideAnyContext = AsyncLocalStorage.snapshot()

/** The way of a measurement from the call to the collector; starts with the first one, and never throws. */
export class Pipeline implements Ending {
  readonly #kept: Measurement[] = []
  readonly #hooks = new Set<(end: ProcessEnd) => void>()
  #exporter: UsageExporter | undefined
  #loading: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #unlisten: (() => void) | undefined
  /** Of what was recorded so far: an end that finds it done does not try once more. */
  #flushed: Promise<void> | undefined
  /** Nobody took it within the bound, or it is in other hands. */
  #givenUp = false
  #stopped: Promise<void> | undefined
  #closed = false

  constructor(
    private readonly settings: ExportSettings,
    private readonly load: () => Promise<ExporterModule> = () => import('../export/exporter.js'),
  ) {}

  record(measurement: Measurement): void {
    if (this.#closed || this.#stopped !== undefined) return
    this.#flushed = undefined
    this.#givenUp = false
    if (this.#kept.length < MOST_KEPT) this.#kept.push(measurement)
    this.#feed(measurement)
    this.#loading ??= outsideAnyContext(() => this.#start())
  }

  /** Sends what was recorded, within the bound (U6); does nothing where that was tried already. */
  flush(): Promise<void> {
    return (this.#flushed ??= this.#isEmpty ? Promise.resolve() : this.#flush())
  }

  shutdown(): Promise<void> {
    return (this.#stopped ??= this.#stop())
  }

  /** Has the hook called when the process ends in between; returns the way to end that. */
  onEnd(hook: (end: ProcessEnd) => void): () => void {
    this.#hooks.add(hook)
    this.#listen()
    return () => void this.#hooks.delete(hook)
  }

  finish(end: ProcessEnd): void {
    for (const hook of this.#hooks) hook(end)
  }

  takeLast(): LastExport | undefined {
    if (this.#givenUp) return undefined
    const { settings } = this
    const measurements = this.#kept.splice(0)
    // What a flush could not send is not tried a second time.
    const unsent = this.#flushed === undefined ? this.#exporter?.unsent : undefined
    if (measurements.length === 0 && unsent === undefined) return undefined
    this.#givenUp = true
    return { settings, measurements, unsent }
  }

  get #isEmpty(): boolean {
    const { busy = false, unsent } = this.#exporter ?? {}
    return this.#kept.length === 0 && !busy && unsent === undefined
  }

  async #start(): Promise<void> {
    this.#listen()
    try {
      const { createUsageExporter } = await this.load()
      const forget = (): void => void this.#kept.splice(0)
      if (this.#closed) return
      const exporter = createUsageExporter(this.settings, { onCollected: forget })
      this.#exporter = exporter
      for (const measurement of this.#kept) this.#feed(measurement)
      this.#timer = setInterval(() => void exporter.export(), INTERVAL_MS).unref()
    } catch {
      // OpenTelemetry is not installed, or of a version that works differently.
      this.#close()
    }
  }

  #feed(measurement: Measurement): void {
    try {
      this.#exporter?.record(measurement)
    } catch {
      // A count is worth less than the call that it counts.
    }
  }

  #listen(): void {
    this.#unlisten ??= onProcessEnd(this)
  }

  async #flush(): Promise<void> {
    const delivering = outsideAnyContext(() => this.#deliver())
    if (!(await withinBound(delivering, FLUSH_MS))) this.#givenUp = true
  }

  async #deliver(): Promise<void> {
    await this.#loading
    await this.#exporter?.export()
  }

  async #stop(): Promise<void> {
    await this.flush()
    this.#close()
  }

  #close(): void {
    this.#closed = true
    this.#kept.length = 0
    clearInterval(this.#timer)
    this.#exporter?.close()
    this.#unlisten?.()
  }
}
