import {
  type ExportLogsServiceRequest,
  ExportLogsServiceRequestSchema,
} from './proto/opentelemetry/proto/collector/logs/v1/logs_service_pb.js'
import {
  type ExportMetricsServiceRequest,
  ExportMetricsServiceRequestSchema,
} from './proto/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.js'
import {
  type ExportTraceServiceRequest,
  ExportTraceServiceRequestSchema,
} from './proto/opentelemetry/proto/collector/trace/v1/trace_service_pb.js'

export type Signal = 'traces' | 'logs' | 'metrics'

/** What a request of each signal carries. */
export interface SignalMessages {
  traces: ExportTraceServiceRequest
  logs: ExportLogsServiceRequest
  metrics: ExportMetricsServiceRequest
}

/** A decoded message together with its signal, which tells its type. */
export type Payload = { [S in Signal]: { readonly signal: S; readonly message: SignalMessages[S] } }[Signal]

/** Where an exporter posts each signal by default. */
export const paths: Readonly<Record<Signal, string>> = {
  traces: '/v1/traces',
  logs: '/v1/logs',
  metrics: '/v1/metrics',
}

export const requestSchemas = {
  traces: ExportTraceServiceRequestSchema,
  logs: ExportLogsServiceRequestSchema,
  metrics: ExportMetricsServiceRequestSchema,
} as const

/** The signal that is posted to a path; a query does not count. */
export function signalOfPath(path: string): Signal | undefined {
  const [plain] = path.split('?')
  return (['traces', 'logs', 'metrics'] as const).find((signal) => paths[signal] === plain)
}
