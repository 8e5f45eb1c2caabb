import { type ContextFields, decodeContext, resolveRequestId } from '@throughline/core'
import type { Settings, TraceCarrier } from '@throughline/core/binding'

/** Longer messages are not parsed a second time for their context. */
const LONGEST_ENVELOPE = 65_536
/** What a JSON message tells of where it comes from, as members beside the application's own. */
const MEMBERS = ['"context"', '"traceparent"']

/** Members of a JSON message that a trusted peer wrote. */
export type Envelope = Readonly<Record<string, unknown>>

/** The members of a text that has one of ours; undefined for any other message (R6.4). */
export function readEnvelope(data: unknown, isBinary: unknown): Envelope | undefined {
  if (isBinary === true || !Buffer.isBuffer(data) || data.length > LONGEST_ENVELOPE) return undefined
  if (!MEMBERS.some((member) => data.includes(member))) return undefined
  try {
    const envelope: unknown = JSON.parse(data.toString())
    return typeof envelope === 'object' && envelope !== null ? (envelope as Envelope) : undefined
  } catch {
    return undefined
  }
}

/** The member `context`: what `encodeContext` wrote, or an object of fields; only what may cross a hop (R3.4). */
export function contextOf({ context }: Envelope, settings: Settings): ContextFields | undefined {
  if (context === undefined) return undefined
  const given = settings.forwardable(fieldsOf(context))
  const requestId = given['request.id']
  if (requestId !== undefined && resolveRequestId(requestId) !== requestId) delete given['request.id']
  return given
}

function fieldsOf(context: unknown): ContextFields {
  if (typeof context === 'string') return decodeContext(context)
  return typeof context === 'object' && context !== null ? (context as ContextFields) : {}
}

/** The members `traceparent` and `tracestate`: the span that the message was sent in. */
export function carrierOf({ traceparent, tracestate }: Envelope): TraceCarrier | undefined {
  if (typeof traceparent !== 'string') return undefined
  return typeof tracestate === 'string' ? { traceparent, tracestate } : { traceparent }
}
