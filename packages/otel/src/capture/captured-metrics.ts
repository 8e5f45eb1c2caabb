import type { MetricData } from '@opentelemetry/sdk-metrics'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import type { UnitOptions } from '@throughline/core'
import type { UnitEnd } from '@throughline/core/binding'
import { SCOPE } from '../instrumentation-scope.js'
import { measureUnits } from '../metrics/measure-units.js'
import { createUnitMetrics } from '../metrics/unit-metrics.js'
import type { UnitMeasurements } from '../tracing/unit-measurements.js'

/** What one capture measures of units: those that begin while it is open, with a meter of its own. */
export class CapturedMetrics {
  /** Units under way. */
  readonly #open = new Set<UnitOptions>()
  #meter = openMeter()

  unitOpened(options: UnitOptions): void {
    this.#open.add(options)
    this.#meter.units.opened(options)
  }

  unitEnded(options: UnitOptions, end: UnitEnd): void {
    if (this.#open.delete(options)) this.#meter.units.ended(options, end)
  }

  async read(): Promise<MetricData[]> {
    const { resourceMetrics } = await this.#meter.reader.collect()
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)
  }

  /** Starts from nothing; what is under way stays so. */
  clear(): void {
    this.#meter = openMeter()
    for (const options of this.#open) this.#meter.units.opened(options)
  }
}

interface OpenMeter {
  readonly reader: MetricReader
  readonly units: UnitMeasurements
}

function openMeter(): OpenMeter {
  const reader = new ReaderOnDemand()
  const provider = new MeterProvider({ readers: [reader] })
  return { reader, units: measureUnits(createUnitMetrics(provider.getMeter(SCOPE.name, SCOPE.version))) }
}

/** Holds nothing and waits for nothing. */
class ReaderOnDemand extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}
