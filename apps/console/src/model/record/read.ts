import { type LogRecord, type Span } from '@throughline/otlp'
import { type Entry } from './entry.js'
import { lineFacts, spanFacts } from './facts.js'
import { idOf, requestIdOf } from './ids.js'
import { type Origin } from './origin.js'
import { packLine, packSpan } from './packed.js'
import { searchText } from './search-text.js'
import { millisOf } from './time.js'
import { attributeMap, plainValue, stringOf, textOf } from './value.js'

/** A line without any time is one of now: whoever receives a record says so, as a collector does. */
export function readLine(record: LogRecord, seq: number, origin: Origin): Entry {
  if (record.timeUnixNano === 0n && record.observedTimeUnixNano === 0n) {
    record.observedTimeUnixNano = BigInt(Date.now()) * 1_000_000n
  }
  const attributes = attributeMap(record.attributes)
  const body = plainValue(record.body)
  const facts = lineFacts(record, body, attributes)
  const time = millisOf(record.timeUnixNano || record.observedTimeUnixNano)
  const bodyText = textOf(body)
  return {
    seq,
    signal: 'logs',
    packed: packLine(record),
    origin,
    facts,
    time,
    end: time,
    traceId: idOf(record.traceId, 16),
    spanId: idOf(record.spanId, 8),
    parentId: '',
    text: searchText(attributes, origin.service, facts.name, bodyText === facts.name ? '' : bodyText),
    ownId: requestIdOf(stringOf(attributes.get('request.id'))),
    inheritedId: undefined,
    group: undefined,
    counter: undefined,
  }
}

/** A span that ends before it starts, or never says when, lasts no time. */
export function readSpan(span: Span, seq: number, origin: Origin): Entry {
  const attributes = attributeMap(span.attributes)
  const facts = spanFacts(span, attributes)
  const start = span.startTimeUnixNano || span.endTimeUnixNano || BigInt(Date.now()) * 1_000_000n
  const time = millisOf(start)
  return {
    seq,
    signal: 'traces',
    packed: packSpan(span),
    origin,
    facts,
    time,
    end: Math.max(time, millisOf(span.endTimeUnixNano)),
    traceId: idOf(span.traceId, 16),
    spanId: idOf(span.spanId, 8),
    parentId: idOf(span.parentSpanId, 8),
    text: searchText(attributes, origin.service, facts.name, facts.errorMessage ?? ''),
    ownId: requestIdOf(stringOf(attributes.get('request.id'))),
    inheritedId: undefined,
    group: undefined,
    counter: undefined,
  }
}
