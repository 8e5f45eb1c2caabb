import type { UnitOptions } from '@throughline/core'
import { slot, type UnitEnd } from '@throughline/core/binding'
import type { UnitMeasurements } from '../tracing/unit-measurements.js'

/** Measures units, and tells the captures that are open of each. */
export class CapturedMeasurements implements UnitMeasurements {
  constructor(private readonly inner: UnitMeasurements | undefined) {}

  opened(options: UnitOptions): void {
    this.inner?.opened(options)
    const { captures } = slot
    if (captures === undefined) return
    for (const collector of captures.collectors) collector.unitOpened(options)
  }

  ended(options: UnitOptions, end: UnitEnd): void {
    this.inner?.ended(options, end)
    const { captures } = slot
    if (captures === undefined) return
    for (const collector of captures.collectors) collector.unitEnded(options, end)
  }
}
