import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { BatchLimits, TelemetryConfig } from '@throughline/core'
import type { ExportedRecord } from '../logs/exported-record.js'
import type { EncodedRequest } from '../otlp/export-request.js'
import { createLogRecordEncoder } from '../otlp/log-record-encoder.js'
import { createMetricsEncoder } from '../otlp/metrics-encoder.js'
import { createSpanEncoder } from '../otlp/span-encoder.js'
import { CollectorHealth } from './collector-health.js'
import { Drops } from './drops.js'
import { httpOptions } from './http-options.js'
import { HttpTransport } from './http-transport.js'
import { batches, collections, type Requests } from './requests.js'
import type { Signal } from './signal.js'
import { SignalExporter } from './signal-exporter.js'

export type SpanExporter = SignalExporter<ReadableSpan[]>
export type LogExporter = SignalExporter<ExportedRecord[]>
export type MetricExporter = SignalExporter<ResourceMetrics>

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
    limits: BatchLimits,
    createEncoder: () => (request: Request) => EncodedRequest,
    requests: Requests<Request>,
  ): SignalExporter<Request> | undefined => {
    const url = config[`${signal}Url` as const]
    if (url === undefined) return undefined
    const http = httpOptions(signal, url, config[`${signal}Headers` as const])
    const endpoint = shown(url)
    const transport = new HttpTransport(http, (error, attempts) => {
      // The first one may be chance: it is made again in a moment.
      if (attempts > 1) health.failed(signal, endpoint, error)
    })
    return new SignalExporter({
      signal,
      endpoint,
      transport,
      encode: createEncoder(),
      requests,
      limits: { ...limits, timeoutMs: Math.min(http.timeoutMs, limits.timeoutMs) },
      drops,
      health,
    })
  }
  const { spanBatch, logBatch, metricTimeoutMs } = config
  return new RunningExporters(
    make('traces', spanBatch, createSpanEncoder, batches<ReadableSpan>()),
    make('logs', logBatch, createLogRecordEncoder, batches<ExportedRecord>()),
    make('metrics', { ...spanBatch, timeoutMs: metricTimeoutMs }, createMetricsEncoder, collections()),
    drops,
    options,
  )
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
