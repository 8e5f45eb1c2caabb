import type { Scope } from '../context/scope.js'
import { slot } from '../slot.js'
import type { UnitState } from './unit-state.js'
import type { FinishedUnit, UnitResult } from './unit.js'

/**
 * Calls `listener` after each unit of work that ends; one that throws is ignored.
 *
 * @returns a function that takes the listener out again
 * @example
 * const stop = onUnitEnd((unit) => durations.record(unit.durationMs))
 */
export function onUnitEnd(listener: (unit: FinishedUnit) => void): () => void {
  slot.unitListeners.add(listener)
  return () => slot.unitListeners.delete(listener)
}

/** Tells every listener, in the unit's context. */
export function tellListeners(unit: UnitState, { outcome, error }: UnitResult): void {
  const { kind, name, attributes, frame, durationMs, spanContext, runtime } = unit
  const context = (frame.scope as Scope).merged()
  const finished: FinishedUnit = { kind, name, outcome, error, attributes, context, durationMs }
  if (spanContext !== undefined) {
    finished.traceId = spanContext.traceId
    finished.spanId = spanContext.spanId
  }
  for (const listener of slot.unitListeners) {
    try {
      runtime.countRejection(unit.run<unknown>(() => listener(finished)))
    } catch {
      runtime.failed++
    }
  }
}
