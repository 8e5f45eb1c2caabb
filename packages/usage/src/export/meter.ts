import { type Counter, type Histogram, ROOT_CONTEXT, ValueType } from '@opentelemetry/api'
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { bare } from '../bare.js'
import type { Measurement } from '../event/measurement.js'
import type { ExportSettings } from '../settings/settings.js'
import { bareMetrics } from './bare-metrics.js'
import { DeltaReader } from './delta-reader.js'
import { INSTRUMENTS } from './instruments.js'
import { SCOPE } from './instrumentation-scope.js'

/** Upper bounds of the histogram's buckets in seconds: those of the conventions for requests, and for long commands. */
export const DURATION_BUCKETS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 300,
]

export interface Meter {
  record(measurement: Measurement): void
  /** An OTLP request of what was recorded since the last time; undefined where that is nothing. */
  collect(): Promise<Uint8Array | undefined>
}

/** Instruments of a provider that nobody else knows: the application's global one is left alone (U6). */
export function createMeter({ prefix, resource }: ExportSettings): Meter {
  const reader = new DeltaReader()
  const provider = new MeterProvider(bare({ resource: resourceFromAttributes(resource), readers: [reader] }))
  const meter = provider.getMeter(SCOPE.name, SCOPE.version, bare({}))
  const { events, duration } = INSTRUMENTS
  const counter: Counter = meter.createCounter(
    `${prefix}_${events.suffix}`,
    bare({ description: events.description, unit: events.unit, valueType: ValueType.INT }),
  )
  const histogram: Histogram = meter.createHistogram(
    `${prefix}_${duration.suffix}`,
    bare({
      description: duration.description,
      unit: duration.unit,
      advice: { explicitBucketBoundaries: DURATION_BUCKETS },
    }),
  )
  return {
    record({ attributes, duration }) {
      counter.add(1, attributes, ROOT_CONTEXT)
      if (duration !== undefined && Number.isFinite(duration.seconds))
        histogram.record(duration.seconds, duration.attributes, ROOT_CONTEXT)
    },
    async collect() {
      const { resourceMetrics } = await reader.collect()
      if (resourceMetrics.scopeMetrics.length === 0) return undefined
      return ProtobufMetricsSerializer.serializeRequest(bareMetrics(resourceMetrics))
    },
  }
}
