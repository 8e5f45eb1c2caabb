import type { LogRecord } from '@throughline/core'
import { addSink } from '@throughline/core/binding'

/** What happened between `captureTelemetry()` and `stop()`. */
export interface TelemetryCapture {
  /** The records so far, oldest first, every level; always the same array. */
  readonly logs: LogRecord[]
  /** Forgets what was captured; capturing goes on. */
  clear(): void
  /** Ends capturing; what was captured stays readable. Idempotent. */
  stop(): Promise<void>
}

/**
 * Captures every record of this process, from level trace up, whatever the console shows.
 *
 * Works before `initTelemetry`, after it and across a restart. Captures are independent of each other, and
 * nothing global is replaced. The console still gets its lines: set `LOG_LEVEL=fatal` for a quiet test run.
 * Attributes and context are plain objects; nested attribute values are compact JSON, as exporters get them.
 *
 * @example
 * const telemetry = captureTelemetry()
 * await service.makePick(5)
 * expect(telemetry).toHaveLogged('pick_made', { 'hero.id': 5 })
 * await telemetry.stop()
 */
export function captureTelemetry(): TelemetryCapture {
  const logs: LogRecord[] = []
  let open = true
  const removeSink = addSink({
    level: 'trace',
    write(record) {
      if (open) logs.push(plainRecord(record))
    },
  })
  return {
    logs,
    clear() {
      logs.length = 0
    },
    async stop() {
      open = false
      removeSink()
    },
  }
}

/** A copy with ordinary objects: those of core have no prototype, which `toStrictEqual` would not forgive. */
function plainRecord(record: LogRecord): LogRecord {
  return { ...record, attributes: { ...record.attributes }, context: { ...record.context } }
}
