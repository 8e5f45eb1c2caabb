import { type LogRecord, type Span } from '@throughline/otlp'
import { type Attributes, type ErrorDetail, type Value } from '../../shared/api.js'
import { type Entry } from '../record/entry.js'
import { unpackLine, unpackSpan } from '../record/packed.js'
import { attributeMap, plainValue, stringOf, textOf } from '../record/value.js'

/** What a view shows of a record beyond its entry. */
export interface Decoded {
  /** All of them; a view takes out what it shows elsewhere. */
  readonly attributes: ReadonlyMap<string, Value>
  readonly error: ErrorDetail | undefined
  /** The text of a line. */
  readonly body: string
}

export function decode(entry: Entry): Decoded {
  return entry.signal === 'logs'
    ? decodeLine(unpackLine(entry.packed))
    : decodeSpan(unpackSpan(entry.packed), entry)
}

function decodeLine(record: LogRecord): Decoded {
  const attributes = attributeMap(record.attributes)
  return { attributes, error: errorOf(attributes), body: textOf(plainValue(record.body)) }
}

function decodeSpan(span: Span, { facts }: Entry): Decoded {
  const attributes = attributeMap(span.attributes)
  const event = span.events.find(({ name }) => name === 'exception')
  const thrown = event === undefined ? undefined : errorOf(attributeMap(event.attributes))
  if (!facts.failed) return { attributes, error: thrown, body: '' }
  const type = thrown?.type ?? stringOf(attributes.get('error.type'))
  const message = thrown?.message || span.status?.message || type || 'failed'
  const error = { ...thrown, ...(type === undefined ? {} : { type }), message }
  return { attributes, error, body: '' }
}

function errorOf(attributes: ReadonlyMap<string, Value>): ErrorDetail | undefined {
  const type = stringOf(attributes.get('exception.type'))
  const message = stringOf(attributes.get('exception.message'))
  const stack = stringOf(attributes.get('exception.stacktrace'))
  if (type === undefined && message === undefined && stack === undefined) return undefined
  return {
    ...(type === undefined ? {} : { type }),
    message: message ?? type ?? 'failed',
    ...(stack === undefined ? {} : { stack }),
  }
}

/** Without some of them. */
export function without(
  attributes: ReadonlyMap<string, Value>,
  isHidden: (key: string) => boolean,
): Attributes {
  return Object.fromEntries([...attributes].filter(([key]) => !isHidden(key)))
}
