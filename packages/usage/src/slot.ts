import type { Ending } from './process/ending.js'
import type { UsageTelemetry } from './usage-telemetry.js'

/**
 * What all copies of this package in one process share: however many SDKs bring one, the process has one set of
 * listeners for its end. Objects in it are used by shape, never by `instanceof`.
 */
export interface Slot {
  /** By what they were created from: who creates the same again is given the same (U1). */
  readonly telemetries: Map<string, UsageTelemetry>
  /** Who has something to hand over before the process ends. */
  readonly endings: Set<Ending>
  /** Takes the listeners away; undefined while there are none. */
  unlisten: (() => void) | undefined
}

const KEY: unique symbol = Symbol.for('@throughline/usage/1')

const shared = globalThis as { [KEY]?: Slot }

/** The one process-wide state of this package. */
export const slot: Slot = (shared[KEY] ??= {
  telemetries: new Map(),
  endings: new Set(),
  unlisten: undefined,
})
