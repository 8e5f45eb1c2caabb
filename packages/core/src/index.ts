export { type ConfigProblem, loadConfig, type TelemetryConfig } from './config/config.js'
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
export { initTelemetry, type Telemetry, type TelemetryOptions } from './telemetry/init.js'
export type { OtelHandle, OtelModule } from './telemetry/otel-module.js'
export type { LogOptions } from './telemetry/log-options.js'
export type { EdgeOptions, ForwardOptions, UserResolver } from './telemetry/settings.js'
export type { Trust } from './trust/trust.js'
export {
  type FinishedUnit,
  onUnitEnd,
  type Outcome,
  runUnit,
  type SpanContext,
  type Unit,
  type UnitKind,
  type UnitOptions,
  type UnitResult,
} from './unit/unit.js'
