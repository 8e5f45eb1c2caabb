import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { type ContextFields, decodeContext, encodeContext, type SpanContext } from '@throughline/core'
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

/** The channel on which the worker tells the API. */
export function resultsChannel(): string {
  return `${readSettings().namespace}:pick-results`
}

/** Writes a result with the current context around it. */
export function packResult(data: PickResult): string {
  const trace: Pick<Envelope, 'traceparent' | 'tracestate'> = {}
  propagation.inject(context.active(), trace)
  const envelope: Envelope = { context: encodeContext(), ...trace, data }
  return JSON.stringify(envelope)
}

/** Reads what `packResult` wrote: the result, and what a unit of work needs to go on in its context. */
export function unpackResult(text: string): {
  data: PickResult
  fields: ContextFields
  parent: SpanContext | undefined
} {
  const envelope = JSON.parse(text) as Envelope
  const parent = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, envelope))
  return { data: envelope.data, fields: decodeContext(envelope.context), parent }
}
