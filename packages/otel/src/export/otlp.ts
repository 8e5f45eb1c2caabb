import {
  createOtlpNetworkExportDelegate,
  ExporterMetrics,
  OTLPExporterBase,
} from '@opentelemetry/otlp-exporter-base'
import {
  MetricsExporterMetricsHelper,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer'
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { ExportedRecord } from '../logs/exported-record.js'
import type { EncodedRequest } from '../otlp/export-request.js'
import { createLogRecordEncoder } from '../otlp/log-record-encoder.js'
import { createSpanEncoder } from '../otlp/span-encoder.js'
import type { HttpTransport } from './http-transport.js'
import { Refusals } from './refusals.js'

/** What makes one signal's exporter out of the official parts and our encoders. */
export interface Otlp<Request> {
  /** Encoders keep buffers, so each exporter has its own. */
  readonly createEncoder: () => (request: Request) => EncodedRequest
  readonly helper: IExporterMetricsHelper<Request>
  /** The signal in `OTEL_EXPORTER_OTLP_<name>_…`. */
  readonly variable: string
  /** How many items a partial success refused, and why. */
  readonly refusal: (response: Uint8Array) => Refusal
}

interface Refusal {
  readonly count: number | undefined
  readonly message: string | undefined
}

export const OTLP_TRACES: Otlp<ReadableSpan[]> = {
  createEncoder: createSpanEncoder,
  helper: TraceExporterMetricsHelper,
  variable: 'TRACES',
  refusal(response) {
    const { partialSuccess } = ProtobufTraceSerializer.deserializeResponse(response)
    return { count: partialSuccess?.rejectedSpans, message: partialSuccess?.errorMessage }
  },
}

export const OTLP_LOGS: Otlp<ExportedRecord[]> = {
  createEncoder: createLogRecordEncoder,
  helper: { name: 'log', countItems: ({ length }) => length },
  variable: 'LOGS',
  refusal(response) {
    const { partialSuccess } = ProtobufLogsSerializer.deserializeResponse(response)
    return { count: partialSuccess?.rejectedLogRecords, message: partialSuccess?.errorMessage }
  },
}

export const OTLP_METRICS: Otlp<ResourceMetrics> = {
  createEncoder: () => (request) => ({
    body: ProtobufMetricsSerializer.serializeRequest(request),
    skipped: 0,
  }),
  helper: MetricsExporterMetricsHelper,
  variable: 'METRICS',
  refusal(response) {
    const { partialSuccess } = ProtobufMetricsSerializer.deserializeResponse(response)
    return { count: partialSuccess?.rejectedDataPoints, message: partialSuccess?.errorMessage }
  },
}

/** One signal's way out. */
export interface OtlpExporter<Request> {
  readonly exporter: OTLPExporterBase<Request>
  readonly refusals: Refusals
  /** Items that could not be encoded of the request that was exported last. */
  readonly skipped: () => number
}

/** The official exporter over our transport, and what it was refused. */
export function createOtlpExporter<Request>(
  { createEncoder, helper, refusal }: Otlp<Request>,
  timeoutMillis: number,
  transport: HttpTransport,
): OtlpExporter<Request> {
  const refusals = new Refusals()
  const encode = createEncoder()
  let skipped = 0
  const metrics = new ExporterMetrics({
    componentType: 'otlp_http_exporter',
    metricsHelper: helper,
    url: undefined,
    meterProvider: undefined,
    responseAttributesFromError: () => ({}),
  })
  const serializer: ISerializer<Request, object> = {
    serializeRequest(request) {
      const encoded = encode(request)
      skipped = encoded.skipped
      return encoded.body
    },
    // The official handler of partial success has a diagnostic line for it and nothing else.
    deserializeResponse(data) {
      const { count, message } = refusal(data)
      refusals.add(count ?? 0, message ?? '')
      return {}
    },
  }
  const options = { timeoutMillis, compression: 'none' as const, concurrencyLimit: Number.POSITIVE_INFINITY }
  return {
    exporter: new OTLPExporterBase(createOtlpNetworkExportDelegate(options, serializer, metrics, transport)),
    refusals,
    skipped: () => skipped,
  }
}
