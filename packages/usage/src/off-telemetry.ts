import { timedWork } from './event/arguments.js'
import type { UsageReason, UsageTelemetry } from './usage-telemetry.js'

/** Counters that count nothing: `timed` runs its work, the rest does nothing (U2). */
export function offTelemetry(reason: UsageReason, onShutdown: () => void): UsageTelemetry {
  return {
    enabled: false,
    reason,
    event() {},
    timed<T>(...given: unknown[]): T {
      return timedWork<T>(given)()
    },
    async flush() {},
    async shutdown() {
      onShutdown()
    },
  }
}
