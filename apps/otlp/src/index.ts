export { type OtlpAttributes, type OtlpValue } from './attributes.js'
export { contentTypes, decodeRequest, type Encoding, encodingOf } from './decode.js'
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
export { type OtlpReceiver, type OtlpReceiverOptions, startOtlpReceiver } from './receiver.js'
export { type OtlpRequest, type Outcome } from './request.js'
export { type Payload, paths, type Signal, type SignalMessages } from './signal.js'
export { type SpanTree, spanTrees, type SpanTreeLink } from './span-trees.js'
export { type OtlpSpan, type SpanKind, spansOf, type StatusCode } from './spans.js'
