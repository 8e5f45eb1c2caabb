import {
  createOtlpNetworkExportDelegate,
  ExporterMetrics,
  OTLPExporterBase,
} from '@opentelemetry/otlp-exporter-base'
import {
  LogsExporterMetricsHelper,
  MetricsExporterMetricsHelper,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer'
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer'
import type { HttpTransport } from './http-transport.js'
import { Refusals } from './refusals.js'

/** What makes one signal's exporter out of the official parts. */
export interface Otlp<Request, Response> {
  readonly serializer: ISerializer<Request, Response>
  readonly helper: IExporterMetricsHelper<Request>
  /** The signal in `OTEL_EXPORTER_OTLP_<name>_…`. */
  readonly variable: string
  /** How many items a partial success refused, and why. */
  readonly refusal: (response: Response) => { count: number | undefined; message: string | undefined }
}

export const OTLP_TRACES = otlp(
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
  'TRACES',
  ({ partialSuccess }) => ({ count: partialSuccess?.rejectedSpans, message: partialSuccess?.errorMessage }),
)

export const OTLP_LOGS = otlp(
  ProtobufLogsSerializer,
  LogsExporterMetricsHelper,
  'LOGS',
  ({ partialSuccess }) => ({
    count: partialSuccess?.rejectedLogRecords,
    message: partialSuccess?.errorMessage,
  }),
)

export const OTLP_METRICS = otlp(
  ProtobufMetricsSerializer,
  MetricsExporterMetricsHelper,
  'METRICS',
  ({ partialSuccess }) => ({
    count: partialSuccess?.rejectedDataPoints,
    message: partialSuccess?.errorMessage,
  }),
)

/** The official exporter over our transport, and what it was refused. */
export function createOtlpExporter<Request, Response>(
  { serializer, helper, refusal }: Otlp<Request, Response>,
  timeoutMillis: number,
  transport: HttpTransport,
): { exporter: OTLPExporterBase<Request>; refusals: Refusals } {
  const refusals = new Refusals()
  const metrics = new ExporterMetrics({
    componentType: 'otlp_http_exporter',
    metricsHelper: helper,
    url: undefined,
    meterProvider: undefined,
    responseAttributesFromError: () => ({}),
  })
  const listening: ISerializer<Request, Response> = {
    serializeRequest: (request) => serializer.serializeRequest(request),
    // The official handler of partial success has a diagnostic line for it and nothing else.
    deserializeResponse: (data) => {
      const response = serializer.deserializeResponse(data)
      const { count, message } = refusal(response)
      refusals.add(count ?? 0, message ?? '')
      return response
    },
  }
  const options = { timeoutMillis, compression: 'none' as const, concurrencyLimit: Number.POSITIVE_INFINITY }
  return {
    exporter: new OTLPExporterBase(createOtlpNetworkExportDelegate(options, listening, metrics, transport)),
    refusals,
  }
}

function otlp<Request, Response>(
  serializer: ISerializer<Request, Response>,
  helper: IExporterMetricsHelper<Request>,
  variable: string,
  refusal: Otlp<Request, Response>['refusal'],
): Otlp<Request, Response> {
  return { serializer, helper, variable, refusal }
}
