export {
  type BatchLimits,
  type ConfigProblem,
  loadConfig,
  type SamplerName,
  type TelemetryConfig,
} from './config/config.js'
export { bindContext, getContext, runWithContext, unbindContext } from './context/context.js'
export type { ContextFields, Scalar } from './context/fields.js'
export { resolveRequestId } from './context/request-id.js'
export { decodeContext, encodeContext } from './context/wire.js'
export {
  createLabelExtractor,
  extractLabels,
  type IdKind,
  type LabelTable,
  type PathLabels,
} from './labels/labels.js'
export { eventName } from './logger/event-name.js'
export type { Level, LevelName } from './logger/level.js'
export type { AttributeValue, LogRecord, LogSink } from './logger/log-record.js'
export { getLogger, type Logger, type ModuleDomain } from './logger/logger.js'
export { parseBool } from './parse-bool.js'
export { initTelemetry } from './telemetry/init.js'
export type { Telemetry, TelemetryOptions } from './telemetry/telemetry.js'
export type { OtelHandle, OtelModule } from './telemetry/otel-module.js'
export type { LogOptions } from './telemetry/log-options.js'
export type { EdgeOptions, ForwardOptions, UserResolver } from './telemetry/settings.js'
export type { Trust } from './trust/trust.js'
export type { SpanContext, SpanKindName, TraceCarrier } from './tracing/tracing.js'
export { runUnit } from './unit/run-unit.js'
export { onUnitEnd } from './unit/unit-listeners.js'
export type { FinishedUnit, Outcome, Unit, UnitKind, UnitOptions, UnitResult, UnitSpan } from './unit/unit.js'
