import type { Resource } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import type { TelemetryConfig } from '@throughline/core'
import { runDetached } from '@throughline/core/binding'
import type { MetricExporter } from '../export/exporters.js'

/** The provider whose metrics go out every `OTEL_METRIC_EXPORT_INTERVAL`, and with each flush of the exporter. */
export function createMeterProvider(
  config: Pick<TelemetryConfig, 'metricIntervalMs' | 'metricTimeoutMs'>,
  resource: Resource,
  exporter: MetricExporter,
): MeterProvider {
  // The reader's timer would keep the context of whoever starts it.
  return runDetached(() => {
    const reader = new PeriodicExportingMetricReader({
      exporter,
      exportIntervalMillis: config.metricIntervalMs,
      exportTimeoutMillis: Math.min(config.metricTimeoutMs, config.metricIntervalMs),
    })
    exporter.source = () => reader.forceFlush()
    return new MeterProvider({ resource, readers: [reader] })
  })
}
