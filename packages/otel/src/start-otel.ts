import { trace } from '@opentelemetry/api'
import { encodeContext, type OtelHandle, type TelemetryConfig } from '@throughline/core'
import { currentOptions, report, runDetached } from '@throughline/core/binding'
import { createExporters, type Exporters } from './export/exporters.js'
import { createLogProcessor } from './export/log-processor.js'
import { createSpanProcessor } from './export/span-processor.js'
import { type Instrumentations, startInstrumentations } from './instrumentations/instrumentations.js'
import { createLogSink } from './logs/log-sink.js'
import { type RunningMetrics, startMetrics } from './metrics/start-metrics.js'
import { createResource } from './resource/resource.js'
import { startTracing } from './tracing/start-tracing.js'

/** What the one call of core hands over besides its configuration. */
export interface OtelOptions {
  /** Bound of `shutdown()` in milliseconds; default 5,000. */
  shutdownTimeoutMs?: number
}

/**
 * Starts OpenTelemetry by a configuration of core: providers, exporters, propagators, instrumentations (R1.6).
 *
 * `initTelemetry` calls it when OpenTelemetry is on. A provider that is registered already is used, not replaced.
 *
 * @example
 * const handle = await startOtel(loadConfig().config)
 */
export function startOtel(config: TelemetryConfig, options: OtelOptions = {}): Promise<OtelHandle> {
  // Timers and sockets of the export belong to no request, whoever starts it.
  return runDetached(() => start(config, options))
}

async function start(config: TelemetryConfig, options: OtelOptions): Promise<OtelHandle> {
  const resource = createResource(config)
  const exporters = createExporters(config, options)
  const metrics = await startMetrics(config, resource, exporters)
  const tracing = startTracing(
    config,
    () => resource,
    () => spanProcessors(exporters),
    metrics?.measurements,
  )
  // Another set-up has instrumentations of its own, not all of which can be found out: a second span for each request.
  const instrumented = tracing.carriesContext && !tracing.foreign
  const instrumentations = instrumented ? await instrument(config, metrics) : undefined
  return {
    sink: config.structured ? logSink(config, resource, exporters) : undefined,
    flush: () => exporters.flush(),
    async shutdown() {
      instrumentations?.stop()
      await exporters.shutdown()
      await Promise.allSettled([tracing.shutdown(), metrics?.shutdown()])
    },
  }
}

/** What is not ours: outgoing requests and drivers. */
function instrument(
  { sqlComments }: TelemetryConfig,
  metrics: RunningMetrics | undefined,
): Promise<Instrumentations> {
  return startInstrumentations({
    tracerProvider: trace.getTracerProvider(),
    meterProvider: metrics?.provider,
    sqlComments,
    contextHeader: () => ({ hosts: currentOptions().context.hosts ?? [], encode: encodeContext }),
    warn: (event, attributes) => report('warn', event, attributes),
  })
}

function spanProcessors({ traces, drops }: Exporters) {
  return traces === undefined ? [] : [createSpanProcessor(traces, drops)]
}

function logSink(config: TelemetryConfig, resource: ReturnType<typeof createResource>, exporters: Exporters) {
  const { logs, drops } = exporters
  return createLogSink({
    resource,
    processor: logs === undefined ? undefined : createLogProcessor(logs, drops),
    exportEvents: config.exportEvents,
    options: () => currentOptions().log,
  })
}
