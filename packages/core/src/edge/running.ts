import type { Level } from '../logger/level.js'
import { exceptionAttributes as attributesOf } from '../logger/exception.js'
import type { LogSink } from '../logger/log-record.js'
import { slot } from '../slot.js'
import { currentRuntime } from '../telemetry/current-runtime.js'
import type { Telemetry } from '../telemetry/init.js'
import { type EdgeOptions, overrideSettings, type Settings } from '../telemetry/settings.js'

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

/** Writes one of Throughline's own lines (logger `throughline`) in the current context. */
export function report(level: Level, event: string, attrs: object): void {
  currentRuntime().report(level, event, attrs)
}

/** The `exception.*` attributes of whatever was thrown, by the settings in force. Never throws. */
export function exceptionAttributes(thrown: unknown): Record<string, string> {
  return attributesOf(thrown, currentRuntime().keys)
}

/** Whether `LOG_EXCLUDED_URL_PATHS` covers the path. */
export function isLogExcluded(path: string): boolean {
  return currentRuntime().isLogExcluded(path)
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
