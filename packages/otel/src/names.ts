/**
 * Our own names, for what the semantic conventions have none: each with its meaning, as the reference in docs has it.
 *
 * @example
 * OWN_METRICS['ws.server.active_connections'] // 'Open WebSocket connections'
 */
export const OWN_METRICS = {
  'ws.server.active_connections': 'Open WebSocket connections',
  'throughline.log.lines': 'Lines written to the console',
  'throughline.log.lines.dropped': 'Lines that did not reach the console, and records lost to a failing sink',
  'throughline.export.dropped': 'Spans, log records and data points that did not reach the collector',
} as const

/** Names of our own attributes of metrics, spans and lines. */
export const OWN_ATTRIBUTES = {
  'job.outcome': 'How an attempt at a job ended: ok, error, or deferred where it waits for another turn',
  'otel.signal': 'What was not exported: traces, logs or metrics',
  'otel.endpoint': 'URL of the collector, without credentials',
  'otel.error': 'Why an export failed',
  'otel.dropped': 'How many spans, log records and data points were lost',
  signal: 'Kind of what was not exported: traces, logs or metrics',
  reason: 'Why it was not exported: queue_full, failed, rejected, shutdown or unserializable',
} as const
