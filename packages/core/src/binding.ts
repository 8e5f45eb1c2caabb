/**
 * For packages that bind a framework: what several of them need and applications do not.
 *
 * @packageDocumentation
 */
export { type BaseContext, type Frame } from './context/frame.js'
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
  exceptionAttributes,
  isLogExcluded,
  isTelemetryEnabled,
  report,
  resolveSettings,
  runningTelemetry,
  telemetryReady,
} from './edge/running.js'
export type { Settings } from './telemetry/settings.js'
export { currentUnit } from './unit/unit.js'
