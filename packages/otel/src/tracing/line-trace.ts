import { type Baggage, isSpanContextValid, propagation, type Span } from '@opentelemetry/api'
import type { ActiveTrace, TraceIds } from '@throughline/core/binding'

/** The last one that was found valid: most lines are of the span of the line before. */
let valid: TraceIds | undefined

/** What lines bear of a frame's trace: the ids of its span, and its baggage. */
export const frameTrace: ActiveTrace = {
  ids(frame): TraceIds | undefined {
    const context = (frame?.span as Span | undefined)?.spanContext()
    if (context === valid) return valid
    if (context === undefined || !isSpanContextValid(context)) return undefined
    return (valid = context)
  },
  baggage(frame): Iterable<[string, string]> | undefined {
    return frame?.base === undefined ? undefined : entriesOf(propagation.getBaggage(frame))
  },
}

/** The entries of a baggage, without their metadata; undefined for none. */
export function entriesOf(baggage: Baggage | undefined): [string, string][] | undefined {
  const entries = baggage?.getAllEntries()
  return entries?.length ? entries.map(([key, { value }]) => [key, value]) : undefined
}
