/**
 * For packages that bind a framework: what several of them need and applications do not.
 *
 * @packageDocumentation
 */
export { type BaseContext, Frame, SCOPE_KEY } from './context/frame.js'
export type { Scope } from './context/scope.js'
export { activeFrame, detachedFrame, runDetached, runInFrame } from './edge/frames.js'
export {
  clientAddress,
  CONTEXT_HEADER,
  type Incoming,
  incomingFields,
  REQUEST_ID_HEADER,
} from './edge/incoming.js'
export {
  addSink,
  contextFields,
  currentOptions,
  exceptionAttributes,
  insist,
  isLogExcluded,
  isTelemetryEnabled,
  isTracingExcluded,
  type PipelineCounts,
  pipelineCounts,
  report,
  resolveSettings,
  runningTelemetry,
  spanAttributes,
  telemetryReady,
} from './edge/running.js'
export { type IncomingTrace, incomingTrace } from './edge/incoming-trace.js'
export { isSecret, plainCopy } from './edge/plain.js'
export { urlPath } from './edge/url-path.js'
export { dottedKey, RESERVED_KEYS } from './logger/attribute-keys.js'
export { cutString } from './logger/attribute-value.js'
export { domainOfPath } from './logger/module-domain.js'
export { type PackageFile, programPackage } from './package-file.js'
export type { Settings } from './telemetry/settings.js'
export { carryTrace, openSpan } from './edge/spans.js'
export type { ActiveTrace, TraceIds } from './telemetry/active-trace.js'
export type { Captures, Collector } from './tracing/captures.js'
export type {
  OpenSpan,
  SpanKindName,
  SpanOptions,
  TraceCarrier,
  Tracing,
  UnitEnd,
  UnitTrace,
} from './tracing/tracing.js'
export { slot } from './slot.js'
export { initFromEnvironment } from './telemetry/init.js'
export { currentUnit } from './unit/unit-state.js'
