import { AsyncLocalStorage } from 'node:async_hooks'
import type { Frame } from './context/frame.js'
import type { LogSink } from './logger/log-record.js'
import type { Runtime } from './telemetry/runtime.js'
import type { Telemetry } from './telemetry/telemetry.js'
import type { FinishedUnit } from './unit/unit.js'
import type { ActiveTrace } from './telemetry/active-trace.js'
import type { Captures } from './tracing/captures.js'
import type { Tracing } from './tracing/tracing.js'

/**
 * What all copies of this package in one process share: two installed versions still have one context
 * and one writer (R3.1). Objects in it are used by shape, never by `instanceof`.
 */
export interface Slot {
  readonly storage: AsyncLocalStorage<Frame>
  readonly unitListeners: Set<(unit: FinishedUnit) => void>
  /** Sinks that stay when telemetry is shut down and started again. */
  readonly sinks: Set<LogSink>
  runtime: Runtime | undefined
  telemetry: Telemetry | undefined
  /** Settles when nothing of the last telemetry is left, whatever was still loading when it was shut down. */
  ending?: Promise<void> | undefined
  /** Under which OpenTelemetry's API keeps the active span in a context; learnt when the API is loaded. */
  spanKey: symbol | undefined
  /** Reads span and baggage of an OpenTelemetry set-up; undefined while there is none. */
  activeTrace: ActiveTrace | undefined
  /** Spans of units; undefined while OpenTelemetry is off. */
  tracing: Tracing | undefined
  /** Captures of tests; undefined where none was ever opened. */
  captures: Captures | undefined
}

const KEY: unique symbol = Symbol.for('@throughline/core/1')

const shared = globalThis as { [KEY]?: Slot }

/** The one process-wide state of Throughline. */
export const slot: Slot = (shared[KEY] ??= {
  storage: new AsyncLocalStorage<Frame>(),
  unitListeners: new Set(),
  sinks: new Set(),
  runtime: undefined,
  telemetry: undefined,
  spanKey: undefined,
  activeTrace: undefined,
  tracing: undefined,
  captures: undefined,
})
