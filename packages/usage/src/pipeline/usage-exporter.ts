import type { Measurement } from '../event/measurement.js'
import type { ExportSettings } from '../settings/settings.js'

/** What is loaded when the counters are on: OpenTelemetry's counters, and the way to the collector. */
export interface UsageExporter {
  /** What the collector has not taken, while no request with it is under way. */
  readonly unsent: Uint8Array | undefined
  /** Whether a request is under way. */
  readonly busy: boolean
  record(measurement: Measurement): void
  /** Sends what was recorded since the last time; never rejects. */
  export(): Promise<void>
  /** Ends what is under way. */
  close(): void
}

export interface ExporterOptions {
  /** Is told when what was recorded so far has been made into a request. */
  readonly onCollected?: () => void
  /** What another exporter could not send. */
  readonly unsent?: Uint8Array | undefined
}

/** The module that brings OpenTelemetry along. */
export interface ExporterModule {
  readonly createUsageExporter: (settings: ExportSettings, options?: ExporterOptions) => UsageExporter
}
