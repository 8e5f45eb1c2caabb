import type { Span } from '@opentelemetry/api'
import type { UnitOptions } from '@throughline/core'
import type { Frame, UnitEnd, UnitTrace } from '@throughline/core/binding'
import { describeEnd } from './span-end.js'
import type { UnitMeasurements } from './unit-measurements.js'

/** What the traces of units have in common. */
export interface UnitTraceSettings {
  readonly measurements: UnitMeasurements | undefined
  readonly spanKeys: () => readonly string[]
}

/** A unit under way, with the span that is its own, if it has one that is recorded. */
export class OpenUnitTrace implements UnitTrace {
  #ended = false

  /** @param borrowed the span is another set-up's: described, but not ended */
  constructor(
    readonly frame: Frame,
    private readonly span: Span | undefined,
    private readonly options: UnitOptions,
    private readonly settings: UnitTraceSettings,
    private readonly borrowed: boolean,
  ) {
    settings.measurements?.opened(options)
  }

  endSpan(end: UnitEnd): void {
    const { span, options, frame, settings } = this
    if (span === undefined || this.#ended) return
    this.#ended = true
    try {
      describeEnd(span, options, end, frame.scope, settings.spanKeys())
    } finally {
      if (!this.borrowed) span.end()
    }
  }

  end(end: UnitEnd): void {
    try {
      this.endSpan(end)
    } finally {
      this.settings.measurements?.ended(this.options, end)
    }
  }
}
