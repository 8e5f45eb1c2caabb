import { type LineRow, type SpanRow, type UnitRow } from '../../shared/api.js'
import { type Entry } from '../record/entry.js'
import { levelName } from '../record/levels.js'
import { rounded } from '../record/time.js'
import { stringOf } from '../record/value.js'
import { spanKind } from '../units/kinds.js'
import { type Unit } from '../units/unit.js'
import { type Decoded, without } from './decoded.js'
import { defined } from './row.js'
import { statementOf } from './sql.js'

const STATEMENT: ReadonlySet<string> = new Set(['db.query.text', 'db.statement'])
const EXCEPTION = /^exception\.(?:type|message|stacktrace|escaped)$/
const NOT_SHOWN: ReadonlySet<string> = new Set(['event.name', 'replayed'])

/** What all rows of a view have in common. */
export interface RowSetting {
  readonly origin: number
  /** The keys that the context panel shows. */
  readonly keys: ReadonlySet<string>
}

function baseOf(entry: Entry, decoded: Decoded, depth: number, { origin, keys }: RowSetting) {
  const hidesError = decoded.error !== undefined
  const hidesStatement = entry.signal === 'traces'
  const isHidden = (key: string): boolean =>
    keys.has(key) ||
    NOT_SHOWN.has(key) ||
    (hidesError && EXCEPTION.test(key)) ||
    (hidesStatement && STATEMENT.has(key))
  return {
    seq: entry.seq,
    depth,
    at: rounded(entry.time - origin),
    service: entry.origin.service,
    attributes: without(decoded.attributes, isHidden),
    ...(entry.traceId === '' ? {} : { traceId: entry.traceId }),
    ...(entry.spanId === '' ? {} : { spanId: entry.spanId }),
    ...(decoded.error === undefined ? {} : { error: decoded.error }),
  }
}

export function unitRow(unit: Unit, decoded: Decoded | undefined, setting: RowSetting): UnitRow {
  const { span, kind, name, hint, via, failed, statusCode, attempt, waited } = unit
  const { origin } = setting
  const base =
    span === undefined || decoded === undefined
      ? {
          depth: unit.depth,
          service: unit.service,
          attributes: {},
          ...defined({ traceId: unit.traceId || undefined }),
        }
      : baseOf(span, decoded, unit.depth, setting)
  return {
    type: 'unit',
    ...base,
    at: rounded(unit.start - origin),
    kind,
    name,
    failed,
    ...defined({
      hint,
      via,
      end: unit.end === undefined ? undefined : rounded(unit.end - origin),
      statusCode,
      attempt,
      waited: waited === undefined ? undefined : { ...waited, from: rounded(waited.from - origin) },
    }),
  }
}

export function spanRow(entry: Entry, decoded: Decoded, depth: number, setting: RowSetting): SpanRow {
  const statement = [...STATEMENT]
    .map((key) => stringOf(decoded.attributes.get(key)))
    .find((text) => text !== undefined)
  return {
    type: 'span',
    ...baseOf(entry, decoded, depth, setting),
    kind: spanKind(entry),
    name: entry.facts.name,
    end: rounded(entry.end - setting.origin),
    failed: entry.facts.failed,
    ...defined({ sql: statement === undefined ? undefined : statementOf(statement) }),
  }
}

export function lineRow(entry: Entry, decoded: Decoded, depth: number, setting: RowSetting): LineRow {
  const { name, level } = entry.facts
  const message = saysMore(decoded.body, name) ? decoded.body : undefined
  return {
    type: 'line',
    ...baseOf(entry, decoded, depth, setting),
    level: levelName(level),
    event: name,
    ...defined({ message }),
    replayed: decoded.attributes.get('replayed') === true,
  }
}

/** The text of a line is often the last part of its event's name. */
function saysMore(body: string, event: string): boolean {
  return body !== '' && body !== event && !event.endsWith(`.${body}`)
}
