import { context, propagation } from '@opentelemetry/api'
import { type ContextFields, decodeContext, encodeContext, type TraceCarrier } from '@throughline/core'
import { readSettings } from './settings.js'

/** What came out of a pick, for everybody who watches its draft. */
export interface PickResult {
  pickId: number
  draftId: number
  hero: string
  /** How often the hero has been picked so far. */
  timesPicked: number
}

/** A message on the Redis channel: the context it was written in, the trace it belongs to, and the result. */
interface Envelope {
  context: string
  /** Left out while OpenTelemetry is off. */
  traceparent?: string
  tracestate?: string
  data: PickResult
}

/** What the worker tells the API, as spans name it. */
export const PICK_RESULTS = 'pick-results'

/** The channel on which it does, of this run. */
export function resultsChannel(): string {
  return `${readSettings().namespace}:${PICK_RESULTS}`
}

/** Writes a result with the current context around it. */
export function packResult(data: PickResult): string {
  const trace: Pick<Envelope, 'traceparent' | 'tracestate'> = {}
  propagation.inject(context.active(), trace)
  const envelope: Envelope = { context: encodeContext(), ...trace, data }
  return JSON.stringify(envelope)
}

/** Reads what `packResult` wrote: the result, and what a unit of work needs to go on in its context and trace. */
export function unpackResult(text: string): {
  data: PickResult
  fields: ContextFields
  carrier: TraceCarrier
} {
  const { context, data, ...carrier } = JSON.parse(text) as Envelope
  return { data, fields: decodeContext(context), carrier }
}
