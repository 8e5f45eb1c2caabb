import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { BatchLimits, TelemetryConfig } from '@throughline/core'
import type { ExportedRecord } from '../logs/exported-record.js'
import { CollectorHealth } from './collector-health.js'
import { Drops } from './drops.js'
import { GuardedExporter } from './guarded-exporter.js'
import { HttpTransport } from './http-transport.js'
import { httpOptions } from './http-options.js'
import { createOtlpExporter, type Otlp, OTLP_LOGS, OTLP_METRICS, OTLP_TRACES } from './otlp.js'
import type { Signal } from './signal.js'

export type SpanExporter = GuardedExporter<ReadableSpan[]>
export type LogExporter = GuardedExporter<ExportedRecord[]>
export type MetricExporter = GuardedExporter<ResourceMetrics>

/** The ways out to the collector; undefined for a signal that is not exported. */
export interface Exporters {
  readonly traces: SpanExporter | undefined
  readonly logs: LogExporter | undefined
  readonly metrics: MetricExporter | undefined
  /** What never reached the collector. */
  readonly drops: Drops
  /** Sends logs, traces and metrics that are waiting, within the bound. Never rejects. */
  flush(): Promise<void>
  /** Sends what is waiting within the bound, then ends every connection. Never rejects; later exports are given up. */
  shutdown(): Promise<void>
}

export interface ExporterOptions {
  /** Bound of `flush()` and `shutdown()` in milliseconds; default 5,000. Read at each: it may come later. */
  readonly shutdownTimeoutMs?: number | undefined
}

const DEFAULT_TIMEOUT_MS = 5_000

const JUST_NOW_MS = 500

/** Exports of metrics that may wait: a newer one says what an older one said. */
const WAITING_METRICS = 1

/**
 * Makes the exporters of a configuration; nothing is connected before there is something to send.
 *
 * @example
 * const exporters = createExporters(config, { shutdownTimeoutMs: 2_000 })
 */
export function createExporters(config: TelemetryConfig, options: ExporterOptions = {}): Exporters {
  const drops = new Drops()
  const health = new CollectorHealth(drops)
  const make = <Request>(
    signal: Signal,
    otlp: Otlp<Request>,
    url: string | undefined,
    headers: Record<string, string>,
    limits: BatchLimits,
    take: (waiting: Request[]) => Request | undefined,
    mostWaiting: number,
  ): GuardedExporter<Request> | undefined => {
    if (url === undefined) return undefined
    const settings = httpOptions(otlp.variable, url, headers)
    const endpoint = shown(url)
    const transport = new HttpTransport(settings, (error, attempts) => {
      // The first one may be chance: it is made again in a moment.
      if (attempts > 1) health.failed(signal, endpoint, error)
    })
    const timeoutMs = Math.min(settings.timeoutMs, limits.timeoutMs)
    const { exporter, refusals, skipped } = createOtlpExporter(otlp, timeoutMs, transport)
    return new GuardedExporter({
      signal,
      endpoint,
      exporter,
      transport,
      rejected: () => refusals.take(),
      skipped,
      count: (request) => otlp.helper.countItems(request),
      take,
      mostWaiting,
      limits,
      drops,
      health,
    })
  }
  const { spanBatch, logBatch } = config
  return new RunningExporters(
    make(
      'traces',
      OTLP_TRACES,
      config.tracesUrl,
      config.tracesHeaders,
      spanBatch,
      joined(spanBatch),
      Infinity,
    ),
    make('logs', OTLP_LOGS, config.logsUrl, config.logsHeaders, logBatch, joined(logBatch), Infinity),
    make(
      'metrics',
      OTLP_METRICS,
      config.metricsUrl,
      config.metricsHeaders,
      { ...spanBatch, timeoutMs: config.metricTimeoutMs },
      (waiting) => waiting.shift(),
      WAITING_METRICS,
    ),
    drops,
    options,
  )
}

/** Several small batches go as one. */
function joined<Item>({ batchSize }: BatchLimits): (waiting: Item[][]) => Item[] | undefined {
  return (waiting) => {
    const first = waiting.shift()
    if (first === undefined || waiting.length === 0) return first
    const batch = [...first]
    while (batch.length + (waiting[0]?.length ?? Infinity) <= batchSize)
      batch.push(...(waiting.shift() as Item[]))
    return batch
  }
}

/** A URL without user, password and query. */
function shown(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

class RunningExporters implements Exporters {
  /** A flush ran into the bound: another one would as well. */
  #tooSlow = false
  #flushedAt = -JUST_NOW_MS
  #stopped: Promise<void> | undefined

  constructor(
    readonly traces: SpanExporter | undefined,
    readonly logs: LogExporter | undefined,
    readonly metrics: MetricExporter | undefined,
    readonly drops: Drops,
    private readonly options: ExporterOptions,
  ) {}

  async flush(): Promise<void> {
    const work = Promise.all(this.#all.map((exporter) => exporter.flush()))
    this.#tooSlow = await takesLonger(work, this.#bound)
    this.#flushedAt = performance.now()
  }

  shutdown(): Promise<void> {
    return (this.#stopped ??= this.#stop())
  }

  async #stop(): Promise<void> {
    if (!this.#tooSlow && this.#hasNews()) await this.flush()
    const all = this.#all
    for (const exporter of all) exporter.stop()
    // What was under way learns of it in a moment: it is counted and told before the process ends.
    await takesLonger(Promise.all(all.map((exporter) => exporter.shutdown())), 100)
  }

  /** Whoever stops has usually flushed just before: metrics need not go twice. */
  #hasNews(): boolean {
    return performance.now() - this.#flushedAt > JUST_NOW_MS || this.#all.some(({ open }) => open > 0)
  }

  /** A little below the caller's own, so that there is time left to say what was lost. */
  get #bound(): number {
    const { shutdownTimeoutMs = DEFAULT_TIMEOUT_MS } = this.options
    return shutdownTimeoutMs - Math.min(200, shutdownTimeoutMs / 10)
  }

  get #all(): (SpanExporter | LogExporter | MetricExporter)[] {
    return [this.logs, this.traces, this.metrics].filter((exporter) => exporter !== undefined)
  }
}

/** Waits for it, but no longer than that; meanwhile the process stays alive. */
async function takesLonger(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const bound = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, true)
  })
  const late = await Promise.race([work.then(() => false), bound])
  clearTimeout(timer)
  return late
}
