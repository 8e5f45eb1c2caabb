import type { LogRecord } from '@throughline/core'
import { addSink } from '@throughline/core/binding'
import { CapturedMetrics, type MetricData, openCapture, type ReadableSpan } from '@throughline/otel/capture'
import { noteBaggage } from './catalogued/baggage-names.js'
import { plainSpan } from './spans/plain-span.js'

/** What happened between `captureTelemetry()` and `stop()`. */
export interface TelemetryCapture {
  /** The records so far, oldest first, every level; always the same array. */
  readonly logs: LogRecord[]
  /** The spans that have ended so far, in that order; always the same array. */
  readonly spans: ReadableSpan[]
  /** What units of work that began since have been measured as: durations in seconds, open connections. */
  metrics(): Promise<MetricData[]>
  /** Forgets what was captured; capturing goes on. */
  clear(): void
  /** Ends capturing; what was captured stays readable. Idempotent. */
  stop(): Promise<void>
}

/**
 * Captures every record, span and metric of this process, from level trace up, whatever the console shows.
 *
 * Works before `initTelemetry`, after it and across a restart. Captures are independent of each other. While
 * OpenTelemetry is off, a provider of the captures' own makes the spans, each of them sampled; while it is on, its
 * sampler decides. The console still gets its lines: set `LOG_LEVEL=fatal` for a quiet test run.
 * Attributes and context are plain objects; nested attribute values are compact JSON, as exporters get them.
 *
 * @example
 * const telemetry = captureTelemetry()
 * await service.makePick(5)
 * expect(telemetry).toHaveLogged('pick_made', { 'hero.id': 5 })
 * expect(telemetry).toHaveSpan('make-pick', { status: 'unset' })
 * await telemetry.stop()
 */
export function captureTelemetry(): TelemetryCapture {
  const logs: LogRecord[] = []
  const spans: ReadableSpan[] = []
  const metrics = new CapturedMetrics()
  let open = true
  const removeSink = addSink({
    level: 'trace',
    write(record) {
      if (!open) return
      const kept = plainRecord(record)
      noteBaggage(kept)
      logs.push(kept)
    },
  })
  const close = openCapture({
    spanEnded: (span) => void spans.push(plainSpan(span as ReadableSpan)),
    unitOpened: (options) => metrics.unitOpened(options),
    unitEnded: (options, end) => metrics.unitEnded(options, end),
  })
  return {
    logs,
    spans,
    metrics: () => metrics.read(),
    clear() {
      logs.length = 0
      spans.length = 0
      metrics.clear()
    },
    async stop() {
      open = false
      removeSink()
      close()
    },
  }
}

/** A copy with ordinary objects: those of core have no prototype, which `toStrictEqual` would not forgive. */
function plainRecord(record: LogRecord): LogRecord {
  return { ...record, attributes: { ...record.attributes }, context: { ...record.context } }
}
