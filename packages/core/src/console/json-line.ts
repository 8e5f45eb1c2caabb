import { Fields } from '../context/fields.js'
import type { AttributeKeys } from '../logger/attribute-keys.js'
import { LONGEST_STRING } from '../logger/attribute-value.js'
import { MOST_ATTRIBUTES } from '../logger/attributes.js'
import { allAttributes, type Entry } from '../logger/entry.js'
import { inOnePiece, json } from '../logger/json.js'
import { levelOf } from '../logger/level.js'
import { fieldMembers, plainJson, scalarJson } from '../logger/plain-json.js'
import { isoTime } from './iso-time.js'

/**
 * One JSON line, keys in the order timestamp, level, event, logger, call, bound, context, baggage, ids.
 *
 * Where all is plain the parts are put side by side: the context's part is kept by its scope, the call's keys by the
 * table of keys. A collision of keys, a secret or a value that needs care takes the slow path.
 */
export function jsonLine(entry: Entry, keys: AttributeKeys): string {
  const { source, severity, event, trace } = entry
  const head = source.heads.get(severity, event, () => lineHead(source.name, severity, event))
  const members = plainMembers(entry, keys) ?? fieldMembers(allAttributes(entry, keys), keys)
  const ids = trace === undefined ? '' : `,"trace_id":"${trace.traceId}","span_id":"${trace.spanId}"`
  return `{"timestamp":"${isoTime(entry.time)}"${head}${members}${ids}}\n`
}

function lineHead(name: string, severity: number, event: string): string {
  const logger = name === '' ? '' : `,"logger":${json(name)}`
  return inOnePiece(`,"level":"${levelOf(severity)}","event":${json(event)}${logger}`)
}

/** The members put side by side, or undefined where one of them needs work. */
function plainMembers(entry: Entry, keys: AttributeKeys): string | undefined {
  if (entry.thrown !== undefined || entry.baggage !== undefined || entry.replayed) return undefined
  // A scope from before `initTelemetry`: see `contextOf`.
  if (entry.scope !== undefined && entry.scope.root.keys !== keys) return undefined
  const bound = entry.source.bound.prepare(keys)
  const context = entry.scope?.merged()
  if (context !== undefined) for (const name of bound.names) if (name in context) return undefined
  let own: string | undefined = ''
  if (entry.attrs !== undefined) {
    try {
      own = callMembers(entry.attrs as Record<string, unknown>, keys, bound.fields, context)
    } catch {
      return undefined
    }
    if (own === undefined) return undefined
  }
  return own + bound.json + (entry.scope?.json() ?? '')
}

/** The call's attributes as members, each behind a comma; undefined where one needs work. */
function callMembers(
  attrs: Record<string, unknown>,
  keys: AttributeKeys,
  bound: Readonly<Record<string, unknown>>,
  context: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(attrs)
  // Completion lines come as `Fields`.
  if (prototype !== Object.prototype && prototype !== Fields.prototype && prototype !== null) return undefined
  let members = ''
  let left = MOST_ATTRIBUTES
  for (const name in attrs) {
    if (!Object.hasOwn(attrs, name)) continue
    const key = keys.peek(name) ?? keys.of(name)
    if (!key.plain || left-- === 0) return undefined
    if (key.shared && (name in bound || (context !== undefined && name in context))) return undefined
    const value = attrs[name]
    if (value === undefined) continue
    const text = attributeJson(value, keys)
    if (text === undefined) return undefined
    members += `,${key.json}${text}`
  }
  return members
}

function attributeJson(value: unknown, keys: AttributeKeys): string | undefined {
  if (typeof value === 'string' && value.length > LONGEST_STRING) return undefined
  return typeof value === 'object' && value !== null ? plainJson(value, keys) : scalarJson(value)
}
