import type { UnitOptions } from '@throughline/core'
import type { UnitEnd } from '@throughline/core/binding'

/** Counts and times units of work; every one, sampled or not. */
export interface UnitMeasurements {
  opened(options: UnitOptions): void
  ended(options: UnitOptions, end: UnitEnd): void
}
