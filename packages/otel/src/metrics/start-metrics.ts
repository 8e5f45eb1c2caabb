import { metrics, type MeterProvider as ApiMeterProvider } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { TelemetryConfig } from '@throughline/core'
import type { Exporters } from '../export/exporters.js'
import { SCOPE } from '../instrumentation-scope.js'
import type { UnitMeasurements } from '../tracing/unit-measurements.js'
import { measureUnits } from './measure-units.js'
import { createUnitMetrics } from './unit-metrics.js'

/** Metrics in force, and how they are taken down. */
export interface RunningMetrics {
  readonly measurements: UnitMeasurements
  /** The provider of our own; undefined where another set-up's is used. */
  readonly provider: ApiMeterProvider | undefined
  shutdown(): Promise<void>
}

/** Measures units of work, machine and process; under a provider that is registered already, units alone (R8.3, R8.4). */
export async function startMetrics(
  config: TelemetryConfig,
  resource: Resource,
  { metrics: exporter, drops }: Exporters,
): Promise<RunningMetrics | undefined> {
  if (hasForeignProvider()) {
    const meter = metrics.getMeter(SCOPE.name, SCOPE.version)
    return { measurements: measureUnits(createUnitMetrics(meter)), provider: undefined, async shutdown() {} }
  }
  if (exporter === undefined) return undefined
  const [{ createMeterProvider }, { startHostMetrics }, { observePipeline }, { startRuntimeMetrics }] =
    await Promise.all([
      import('./meter-provider.js'),
      import('./host-metrics.js'),
      import('./pipeline-metrics.js'),
      import('./runtime-metrics.js'),
    ])
  const provider = createMeterProvider(config, resource, exporter)
  metrics.setGlobalMeterProvider(provider)
  const meter = provider.getMeter(SCOPE.name, SCOPE.version)
  startHostMetrics(provider)
  observePipeline(meter, drops)
  const stopRuntimeMetrics = await startRuntimeMetrics(provider)
  return {
    measurements: measureUnits(createUnitMetrics(meter)),
    provider,
    async shutdown() {
      stopRuntimeMetrics()
      metrics.disable()
      await provider.shutdown()
    },
  }
}

function hasForeignProvider(): boolean {
  return metrics.getMeterProvider().constructor.name !== 'NoopMeterProvider'
}
