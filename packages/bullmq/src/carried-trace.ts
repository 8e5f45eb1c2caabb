import type { BaseContext, Frame } from '@throughline/core/binding'
import type { JobCarrier } from './carrier.js'

const TRACE_KEY: unique symbol = Symbol.for('throughline.job-trace')

/** The W3C members of a carrier: what a process that makes no spans hands on as it came. */
export type CarriedTrace = Pick<JobCarrier, 'traceparent' | 'tracestate' | 'baggage'>

/** A context that holds the trace a job came with, for the jobs that it adds in turn. */
export function traceContext(carrier: JobCarrier): BaseContext | undefined {
  if (carrier.traceparent === undefined && carrier.baggage === undefined) return undefined
  return { getValue: (key) => (key === TRACE_KEY ? carrier : undefined) }
}

/** The trace that the work of this frame came with. */
export function carriedTrace(frame: Frame): CarriedTrace | undefined {
  return frame.getValue(TRACE_KEY) as CarriedTrace | undefined
}
