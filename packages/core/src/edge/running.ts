import type { ContextFields } from '../context/fields.js'
import type { Scope } from '../context/scope.js'
import { contextOf } from '../logger/entry.js'
import type { Level } from '../logger/level.js'
import { addException } from '../logger/attributes.js'
import {
  type AttributeValue,
  type LogSink,
  spanAttributes as exportedAttributes,
} from '../logger/log-record.js'
import { slot } from '../slot.js'
import { currentRuntime } from '../telemetry/current-runtime.js'
import type { Telemetry } from '../telemetry/telemetry.js'
import type { LogOptions } from '../telemetry/log-options.js'
import {
  type EdgeOptions,
  type ForwardOptions,
  overrideSettings,
  type Settings,
} from '../telemetry/settings.js'

/** False with `TELEMETRY_ENABLED=false`: no header is set, no line of ours is written (R1.1). */
export function isTelemetryEnabled(): boolean {
  return currentRuntime().config.enabled
}

/**
 * The options of `initTelemetry` with a framework package's own in front.
 *
 * @throws TypeError for a label or an address range that cannot be used
 */
export function resolveSettings(options?: EdgeOptions): Settings {
  const { settings } = currentRuntime()
  return options === undefined ? settings : overrideSettings(settings, options)
}

/** The options of logging and of context in force: they may come after the start from `/register`. */
export function currentOptions(): { log: LogOptions; context: ForwardOptions } {
  const { log, settings } = currentRuntime()
  return { log, context: settings.options.context ?? {} }
}

/** Writes one of Throughline's own lines (logger `throughline`) in the current context. */
export function report(level: Level, event: string, attrs: object): void {
  currentRuntime().report(level, event, attrs)
}

/** Writes one of Throughline's own lines to the console alone, whatever the level: for what must be seen. */
export function insist(event: string, attrs: object, level: 'warn' | 'info' = 'warn'): void {
  currentRuntime().insist(event, attrs, level)
}

/** The `exception.*` attributes of whatever was thrown, redacted by the settings in force. Never throws. */
export function exceptionAttributes(thrown: unknown): Record<string, string> {
  const attributes: Record<string, unknown> = {}
  addException(attributes, thrown, currentRuntime().keys)
  return attributes as Record<string, string>
}

/** The fields of a scope as lines have them: those from before the options came are redacted by these. */
export function contextFields(scope: Scope): Readonly<ContextFields> {
  return contextOf(scope, currentRuntime().keys)
}

/** Attributes as exporters take them: reserved ones left out, secrets redacted, nested values as JSON. */
export function spanAttributes(attributes: object): Record<string, AttributeValue> {
  return exportedAttributes(attributes, currentRuntime().keys)
}

/** Whether `LOG_EXCLUDED_URL_PATHS` covers the path. */
export function isLogExcluded(path: string): boolean {
  return currentRuntime().isLogExcluded(path)
}

/** Whether `OTEL_TRACING_EXCLUDED_URL_PATHS` covers the path. */
export function isTracingExcluded(path: string): boolean {
  return currentRuntime().isTracingExcluded(path)
}

/** What became of the lines of this process so far. */
export interface PipelineCounts {
  /** Lines handed to the operating system. */
  readonly written: number
  /** Lines lost to a reader that takes nothing, or that is gone. */
  readonly dropped: number
  /** Records lost to an error of a sink or of our own. */
  readonly failed: number
}

/** Counts of the log pipeline since its start. */
export function pipelineCounts(): PipelineCounts {
  const { writer, failed } = currentRuntime()
  return { written: writer.written, dropped: writer.dropped, failed }
}

/** Adds a sink that stays over `shutdown()` and a new `initTelemetry`; returns what takes it out again. */
export function addSink(sink: LogSink): () => void {
  slot.sinks.add(sink)
  currentRuntime().addSink(sink)
  return () => {
    slot.sinks.delete(sink)
    slot.runtime?.removeSink(sink)
  }
}

/** The handle of `initTelemetry`, if it was called. */
export function runningTelemetry(): Telemetry | undefined {
  return slot.telemetry
}

/** Settles when what `initTelemetry` loads is running; at once before it was called. */
export function telemetryReady(): Promise<void> {
  return slot.telemetry?.ready ?? Promise.resolve()
}
