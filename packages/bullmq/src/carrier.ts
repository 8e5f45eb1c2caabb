import { CONTEXT_HEADER } from '@throughline/core/binding'

/** Longer metadata is refused whole, in characters: the context has 4 KiB, W3C baggage 8 KiB at most. */
const LONGEST_METADATA = 16_384
const LONGEST_TRACESTATE = 2_048
const LONGEST_BAGGAGE = 8_192

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(?:-[\x21-\x7e]{0,200})?$/
const HEADER_VALUE = /^[\t\x20-\x7e]+$/

/** What travels with a job: header names and values, as they would stand in a request. */
export interface JobCarrier {
  traceparent?: string
  tracestate?: string
  baggage?: string
  [CONTEXT_HEADER]?: string
}

/** What was found in a job's metadata, and why it was refused if it was. */
export interface DecodedCarrier {
  readonly carrier: JobCarrier
  readonly refused?: string
}

const NOTHING: DecodedCarrier = Object.freeze({ carrier: Object.freeze({}) })

/**
 * Writes a carrier as the string that BullMQ keeps in `job.opts.telemetry.metadata`: a JSON object of header
 * names and values, the form of `bullmq-otel`, so that either reads the trace of the other (R5.2).
 *
 * Nothing to carry is the empty string, which BullMQ does not store.
 */
export function encodeCarrier(trace: JobCarrier | undefined, context: string): string {
  const { traceparent, tracestate, baggage } = trace ?? {}
  if (traceparent === undefined && baggage === undefined) {
    return context === '' ? '' : `{"${CONTEXT_HEADER}":${JSON.stringify(context)}}`
  }
  return JSON.stringify({ traceparent, tracestate, baggage, [CONTEXT_HEADER]: context || undefined })
}

/**
 * Reads the metadata of a job, whoever wrote it. Never throws: what cannot be read carries nothing, and a
 * member that is not what its name says is left out (R5.3).
 */
export function decodeCarrier(metadata: unknown): DecodedCarrier {
  if (metadata === undefined || metadata === null || metadata === '') return NOTHING
  if (typeof metadata !== 'string') return { ...NOTHING, refused: typeof metadata }
  if (metadata.length > LONGEST_METADATA) return { ...NOTHING, refused: `${metadata.length} characters` }
  let parsed: unknown
  try {
    parsed = JSON.parse(metadata)
  } catch {
    return { ...NOTHING, refused: 'not JSON' }
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { ...NOTHING, refused: 'not a JSON object' }
  }
  return { carrier: readMembers(parsed as Record<string, unknown>) }
}

function readMembers(members: Record<string, unknown>): JobCarrier {
  const carrier: JobCarrier = {}
  const { traceparent, tracestate, baggage } = members
  if (typeof traceparent === 'string' && TRACEPARENT.test(traceparent)) {
    carrier.traceparent = traceparent
    if (isHeader(tracestate, LONGEST_TRACESTATE)) carrier.tracestate = tracestate
  }
  if (isHeader(baggage, LONGEST_BAGGAGE)) carrier.baggage = baggage
  const context = members[CONTEXT_HEADER]
  if (typeof context === 'string') carrier[CONTEXT_HEADER] = context
  return carrier
}

function isHeader(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && HEADER_VALUE.test(value)
}
