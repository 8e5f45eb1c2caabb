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
  'request.id': 'Id of the request that all of this began with',
  labels: 'Resources that the path names',
  'job.id': 'Id of the job',
  'job.name': 'Name of the job',
  'job.queue': 'Queue of the job',
  'job.attempt': 'Number of the attempt, from 1',
  'job.deferred_reason':
    'Why an attempt put its job off: delayed, waiting, waiting_children, rate_limited, worker_closed',
  'job.outcome': 'How an attempt at a job ended: ok, error, or deferred where it waits for another turn',
  'ws.conn_id': 'Id of the connection',
  'ws.close_code': 'Code that the connection was closed with',
  'ws.messages_received': 'Messages that came in on the connection',
  'ws.messages_sent': 'Messages that were sent on it',
  'ws.message.type': 'Kind of the message: text or binary',
  'ws.message.size': 'Bytes of the message',
  data_preview: 'First 100 characters of a text message',
  'task.name': 'Name of the task',
  'http.aborted': 'True where the client went away before the answer was complete',
  duration_ms: 'How long the unit of work took, in milliseconds',
  'recorder.dropped': 'Kept lines that were lost before the failure, because there were too many',
  'attributes.dropped': 'Attributes left out of a line that has too many',
  found: 'What stood where a context header or metadata should have',
  hint: 'What to do about it',
  drivers: 'Drivers that were loaded before OpenTelemetry',
  name: 'Name of the instrumentation that failed',
  'otel.signal': 'What was not exported: traces, logs or metrics',
  'otel.endpoint': 'URL of the collector, without credentials',
  'otel.error': 'Why an export failed',
  'otel.dropped': 'How many spans, log records and data points were lost',
  signal: 'What was not exported: traces, logs or metrics',
  reason: 'Why it was lost: queue_full, failed, rejected, shutdown, unserializable; of lines: console, error',
} as const

/** Lines that Throughline writes itself, of logger `throughline`, as far as they are exported. */
export const OWN_EVENTS = {
  'throughline.request_completed': 'A request was answered, or its client went away',
  'throughline.request_failed': 'A request was answered with 500 or above',
  'throughline.job_started': 'An attempt at a job began',
  'throughline.job_completed': 'An attempt at a job succeeded',
  'throughline.job_failed': 'An attempt at a job failed',
  'throughline.job_deferred': 'An attempt put its job off',
  'throughline.job_metadata_refused': 'The telemetry metadata of a job could not be read',
  'throughline.ws_connected': 'A WebSocket connection was opened',
  'throughline.ws_disconnected': 'A WebSocket connection was closed',
  'throughline.ws_receive': 'A message came in',
  'throughline.ws_send': 'A message was sent',
  'throughline.ws_error': 'A connection or the handling of a message failed',
  'throughline.ws_server_unknown': 'A gateway has a server that cannot be instrumented',
  'throughline.task_completed': 'A task of the program succeeded',
  'throughline.task_failed': 'A task of the program failed',
  'throughline.otel_started_late': 'OpenTelemetry started after drivers were loaded',
  'throughline.instrumentation_failed': 'An instrumentation could not be started; the rest goes on',
  'throughline.context_header_refused': 'The context header of a trusted peer could not be read',
} as const
