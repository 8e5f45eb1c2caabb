import { createLogProcessor, type LogProcessor } from '../../src/export/log-processor.js'
import { createExporters, type Exporters, type LogExporter } from '../../src/export/exporters.js'
import { createLogSink } from '../../src/logs/log-sink.js'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { loadConfig, type LogRecord, type LogSink } from '@throughline/core'
import { isTelemetryEnabled, slot } from '@throughline/core/binding'

/** Exporters for a collector, and a log pipeline over them. */
export interface Pipeline {
  exporters: Exporters
  logs: LogExporter
  processor: LogProcessor
  sink: LogSink
  /** Writes so many records. */
  log(count: number, event?: string): void
  drops(): Record<string, number>
}

export function startPipeline(
  url: string,
  env: NodeJS.ProcessEnv = {},
  shutdownTimeoutMs?: number,
): Pipeline {
  const { config } = loadConfig({
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_BLRP_SCHEDULE_DELAY: '20',
    ...env,
  })
  const exporters = createExporters(config, { shutdownTimeoutMs })
  const logs = exporters.logs as LogExporter
  const processor = createLogProcessor(logs, exporters.drops)
  const sink = createLogSink({
    resource: resourceFromAttributes({ 'service.name': 'test' }),
    processor,
    exportEvents: config.exportEvents,
    options: () => ({}),
  })
  return {
    exporters,
    logs,
    processor,
    sink,
    log(count, event = 'tick') {
      for (let i = 0; i < count; i++) sink.write(record({ event, eventName: event, attributes: { i } }))
    },
    drops: () =>
      Object.fromEntries(
        exporters.drops.list().map(({ signal, reason, count }) => [`${signal} ${reason}`, count]),
      ),
  }
}

export function record(given: Partial<LogRecord> = {}): LogRecord {
  return {
    time: 1_700_000_000_123,
    level: 'info',
    event: 'tick',
    eventName: 'tick',
    attributes: {},
    context: {},
    ...given,
  }
}

/** A line of our own that is for the console alone. */
export interface Report {
  event: string
  attributes: object
  level: string
}

/** Our own lines from here on. */
export function captureReports(): { reports: Report[]; stop: () => void } {
  const reports: Report[] = []
  // Makes the runtime, if no test has done so before.
  isTelemetryEnabled()
  const { runtime } = slot
  if (runtime === undefined) throw new Error('there is no runtime')
  runtime.insist = (event, attributes, level = 'warn') => reports.push({ event, attributes, level })
  return { reports, stop: () => Reflect.deleteProperty(runtime, 'insist') }
}
