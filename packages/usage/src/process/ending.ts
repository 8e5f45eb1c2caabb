import type { Measurement } from '../event/measurement.js'
import type { ExportSettings } from '../settings/settings.js'

/** How the process ends: by itself or `process.exit`, with a code, or by a signal that nobody else listens for. */
export type ProcessEnd = { readonly code: number } | { readonly signal: NodeJS.Signals }

/** What is left to send when there is no time for promises: plain data, for another thread. */
export interface LastExport {
  readonly settings: ExportSettings
  readonly measurements: readonly Measurement[]
  readonly unsent: Uint8Array | undefined
}

/** What has something to hand over before the process ends. None of it throws. */
export interface Ending {
  /** The event loop is empty: there is time. Bounded; does nothing where there is nothing new. */
  flush(): Promise<void>
  /** Counts what was still running. */
  finish(end: ProcessEnd): void
  /** Gives away what is left. */
  takeLast(): LastExport | undefined
}
