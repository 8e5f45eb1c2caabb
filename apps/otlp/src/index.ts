export { type Answer, failure, type Rejection, success } from './answer.js'
export { type OtlpAttributes, type OtlpValue } from './attributes.js'
export { contentTypes, type DecodeOptions, decodeRequest, type Encoding, encodingOf } from './decode.js'
export { type Fault, type FaultScope } from './fault.js'
export { logRecordsOf, type OtlpLogRecord } from './log-records.js'
export {
  type ExponentialBuckets,
  type ExponentialHistogramPoint,
  type HistogramPoint,
  type MetricValue,
  type NumberPoint,
  type OtlpExemplar,
  type SummaryPoint,
} from './metric-points.js'
export { metricsOf, type OtlpMetric, type Temporality } from './metrics.js'
export { type OtlpScope } from './origin.js'
export {
  type AnyValue,
  type InstrumentationScope,
  InstrumentationScopeSchema,
  type KeyValue,
} from './proto/opentelemetry/proto/common/v1/common_pb.js'
export { type LogRecord, LogRecordSchema } from './proto/opentelemetry/proto/logs/v1/logs_pb.js'
export { type Metric } from './proto/opentelemetry/proto/metrics/v1/metrics_pb.js'
export { type Resource, ResourceSchema } from './proto/opentelemetry/proto/resource/v1/resource_pb.js'
export {
  type Span,
  Span_SpanKind,
  SpanSchema,
  Status_StatusCode,
} from './proto/opentelemetry/proto/trace/v1/trace_pb.js'
export { type OtlpReceiver, type OtlpReceiverOptions, startOtlpReceiver } from './receiver.js'
export { type OtlpRequest, type Outcome } from './request.js'
export {
  type Payload,
  paths,
  requestSchemas,
  type Signal,
  type SignalMessages,
  signalOfPath,
} from './signal.js'
export { type SpanTree, spanTrees, type SpanTreeLink } from './span-trees.js'
export { type OtlpSpan, type SpanKind, spansOf, type StatusCode } from './spans.js'
