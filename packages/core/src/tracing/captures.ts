import type { UnitOptions } from '../unit/unit.js'
import type { UnitEnd } from './tracing.js'

/** One capture of a test: told of what ends while it is open. */
export interface Collector {
  /** A span of the SDK, of any copy of it. */
  spanEnded(span: unknown): void
  unitOpened(options: UnitOptions): void
  unitEnded(options: UnitOptions, end: UnitEnd): void
}

/** The open captures of this process, and what makes spans for them while OpenTelemetry is off. */
export interface Captures {
  readonly collectors: ReadonlySet<Collector>
  /** Opens a capture and returns what closes it. */
  open(collector: Collector): () => void
  /** OpenTelemetry starts: what stands in for it is taken away. */
  giveWay(): void
  /** OpenTelemetry has stopped, or did not start. */
  resume(): void
}
