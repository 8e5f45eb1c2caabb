import type { TelemetryConfig } from '../config/config.js'
import type { LogSink } from '../logger/log-record.js'
import type { LogOptions } from './log-options.js'
import type { SettingsOptions } from './settings.js'

/** What an application sets in code; everything else comes from the environment. */
export interface TelemetryOptions extends SettingsOptions {
  /** Name of the service; `OTEL_SERVICE_NAME` wins. Default: the name in the nearest package.json. */
  serviceName?: string | undefined
  log?: LogOptions | undefined
  /** Bound of `shutdown()` in milliseconds; default 5,000. */
  shutdownTimeoutMs?: number | undefined
  /** Further places for records. */
  sinks?: LogSink[] | undefined
}

/** The running telemetry of this process. */
export interface Telemetry {
  readonly config: TelemetryConfig
  /** Settles when everything that loads asynchronously runs; never rejects. */
  readonly ready: Promise<void>
  /** Hands everything written so far to where it goes. Never rejects. */
  flush(): Promise<void>
  /** Drains and stops within its bound; a later `initTelemetry` starts afresh. Never rejects. */
  shutdown(): Promise<void>
}
