import {
  type Baggage,
  type Context,
  isSpanContextValid,
  propagation,
  type Span,
  trace,
} from '@opentelemetry/api'
import { type ActiveTrace, type Frame, slot, type TraceIds } from '@throughline/core/binding'

/** What lines bear of a frame's trace: the ids of its span, and its baggage. */
export const frameTrace: ActiveTrace = {
  ids(frame): TraceIds | undefined {
    return idsOf(frame?.span as Span | undefined)
  },
  baggage(frame): Iterable<[string, string]> | undefined {
    return frame?.base === undefined ? undefined : entriesOf(propagation.getBaggage(frame as Frame & Context))
  },
}

/** The same under another set-up's context manager, which alone knows of spans below the frame's own. */
export const activeTraceOf: ActiveTrace = {
  ids(frame) {
    return isInForce(frame) ? idsOf(trace.getActiveSpan()) : frameTrace.ids(frame)
  },
  baggage(frame) {
    return isInForce(frame) ? entriesOf(propagation.getActiveBaggage()) : frameTrace.baggage(frame)
  },
}

/** Lines of a unit's own, such as its completion line, are written from anywhere. */
function isInForce(frame: Frame | undefined): boolean {
  return frame === slot.storage.getStore()
}

function idsOf(span: Span | undefined): TraceIds | undefined {
  const context = span?.spanContext()
  return context !== undefined && isSpanContextValid(context) ? context : undefined
}

/** The entries of a baggage, without their metadata; undefined for none. */
export function entriesOf(baggage: Baggage | undefined): [string, string][] | undefined {
  const entries = baggage?.getAllEntries()
  return entries?.length ? entries.map(([key, { value }]) => [key, value]) : undefined
}
