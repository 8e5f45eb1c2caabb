import { type LogRecord, type Payload, type Span } from '@throughline/otlp'
import { type Entry } from './entry.js'
import { MAX_RECORD_BYTES, refusalOf } from './limits.js'
import { type Origin, type Origins } from './origin.js'
import { readLine, readSpan } from './read.js'
import { type SharedTexts, shareTexts } from './shared-texts.js'

/** What came of the records of one export request. */
export interface Intake {
  readonly entries: readonly Entry[]
  readonly rejected: number
  /** Why the first of them was refused. */
  readonly reason?: string
}

/** Reads the records of a request; one that is out of bounds does not take the others with it. */
export function takeIn(
  payload: Extract<Payload, { signal: 'logs' | 'traces' }>,
  origins: Origins,
  texts: SharedTexts,
  nextSeq: () => number,
): Intake {
  const entries: Entry[] = []
  let rejected = 0
  let reason: string | undefined
  for (const { origin, records } of batches(payload, origins)) {
    for (const record of records) {
      const result = origin === undefined ? 'a resource or scope is too large' : read(record, nextSeq, origin)
      if (typeof result === 'string') {
        rejected += 1
        reason ??= result
      } else {
        origins.use(result.origin)
        shareTexts(result, texts)
        entries.push(result)
      }
    }
  }
  return { entries, rejected, ...(reason === undefined ? {} : { reason }) }
}

function* batches(payload: Extract<Payload, { signal: 'logs' | 'traces' }>, origins: Origins) {
  if (payload.signal === 'logs') {
    for (const { resource, schemaUrl, scopeLogs } of payload.message.resourceLogs) {
      for (const part of scopeLogs) {
        const origin = origins.find(resource, schemaUrl, part.scope, part.schemaUrl)
        yield { origin, records: part.logRecords }
      }
    }
  } else {
    for (const { resource, schemaUrl, scopeSpans } of payload.message.resourceSpans) {
      for (const part of scopeSpans) {
        const origin = origins.find(resource, schemaUrl, part.scope, part.schemaUrl)
        yield { origin, records: part.spans }
      }
    }
  }
}

function read(record: LogRecord | Span, nextSeq: () => number, origin: Origin): Entry | string {
  const refusal = refusalOf(record)
  if (refusal !== undefined) return refusal
  try {
    const isLine = record.$typeName === 'opentelemetry.proto.logs.v1.LogRecord'
    const entry = isLine ? readLine(record, nextSeq(), origin) : readSpan(record, nextSeq(), origin)
    return entry.packed.length > MAX_RECORD_BYTES ? 'a record has more than 1 MB' : entry
  } catch (error) {
    return `a record cannot be encoded: ${error instanceof Error ? error.message : String(error)}`
  }
}
