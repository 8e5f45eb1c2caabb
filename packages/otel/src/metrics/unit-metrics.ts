import type { Attributes, Meter } from '@opentelemetry/api'
import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@opentelemetry/semantic-conventions'
import { METRIC_MESSAGING_PROCESS_DURATION } from '../semconv.js'

/** Measures of units of work; durations in seconds, as the semantic conventions have them (R8.3). */
export interface UnitMetrics {
  /** `http.server.request.duration`. */
  http(seconds: number, attributes: Attributes): void
  /** `messaging.process.duration`, with our own `job.outcome`. */
  job(seconds: number, attributes: Attributes): void
  /** `ws.server.active_connections`; closed with the attributes that it was opened with. */
  connectionOpened(attributes: Attributes): void
  connectionClosed(attributes: Attributes): void
}

/** Bounds of the buckets in seconds, as the semantic conventions advise for both durations. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

export function createUnitMetrics(meter: Meter): UnitMetrics {
  const advice = { explicitBucketBoundaries: DURATION_BUCKETS }
  const requests = meter.createHistogram(METRIC_HTTP_SERVER_REQUEST_DURATION, {
    description: 'Duration of HTTP server requests.',
    unit: 's',
    advice,
  })
  const jobs = meter.createHistogram(METRIC_MESSAGING_PROCESS_DURATION, {
    description: 'Duration of processing operation.',
    unit: 's',
    advice,
  })
  const connections = meter.createUpDownCounter('ws.server.active_connections', {
    description: 'Open WebSocket connections.',
    unit: '{connection}',
  })
  return {
    http: (seconds, attributes) => requests.record(seconds, attributes),
    job: (seconds, attributes) => jobs.record(seconds, attributes),
    connectionOpened: (attributes) => connections.add(1, attributes),
    connectionClosed: (attributes) => connections.add(-1, attributes),
  }
}
