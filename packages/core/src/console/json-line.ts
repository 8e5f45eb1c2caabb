import { Fields } from '../context/fields.js'
import type { AttributeKeys } from '../logger/attribute-keys.js'
import { LONGEST_STRING } from '../logger/attribute-value.js'
import { MOST_ATTRIBUTES } from '../logger/attributes.js'
import { allAttributes, type Entry } from '../logger/entry.js'
import { escapeControls, json, jsonMembers } from '../logger/json.js'
import { levelOf } from '../logger/level.js'
import { isoTime } from './iso-time.js'

/**
 * One JSON line, keys in the order timestamp, level, event, logger, call, bound, context, baggage, ids.
 *
 * Where all is plain the parts are put side by side: the context's part is kept by its scope, the call's is one
 * `JSON.stringify`. A collision of keys, a secret or a nested value takes the slow path.
 */
export function jsonLine(entry: Entry, keys: AttributeKeys): string {
  const { source, severity, event, trace } = entry
  const head = source.heads.get(severity, event, () => lineHead(source.name, severity, event))
  const members = plainMembers(entry, keys) ?? jsonMembers(allAttributes(entry, keys))
  const ids = trace === undefined ? '' : `,"trace_id":"${trace.traceId}","span_id":"${trace.spanId}"`
  return `{"timestamp":"${isoTime(entry.time)}"${head}${members}${ids}}\n`
}

function lineHead(name: string, severity: number, event: string): string {
  const logger = name === '' ? '' : `,"logger":${json(name)}`
  return `,"level":"${levelOf(severity)}","event":${json(event)}${logger}`
}

/** The members put side by side, or undefined where one of them needs work. */
function plainMembers(entry: Entry, keys: AttributeKeys): string | undefined {
  if (entry.thrown !== undefined || entry.baggage !== undefined || entry.replayed) return undefined
  // A scope from before `initTelemetry`: see `contextOf`.
  if (entry.scope !== undefined && entry.scope.root.keys !== keys) return undefined
  const bound = entry.source.bound.prepare(keys)
  const context = entry.scope?.merged()
  if (context !== undefined) for (const name of bound.names) if (name in context) return undefined
  let own = ''
  if (entry.attrs !== undefined) {
    try {
      if (!isPlain(entry.attrs as Record<string, unknown>, keys, bound.fields, context)) return undefined
      const text = JSON.stringify(entry.attrs)
      if (text.length > 2) own = `,${escapeControls(text.slice(1, -1))}`
    } catch {
      return undefined
    }
  }
  return own + bound.json + (entry.scope?.json() ?? '')
}

function isPlain(
  attrs: Record<string, unknown>,
  keys: AttributeKeys,
  bound: Readonly<Record<string, unknown>>,
  context: Readonly<Record<string, unknown>> | undefined,
): boolean {
  const prototype: unknown = Object.getPrototypeOf(attrs)
  // Completion lines come as `Fields`.
  if (prototype !== Object.prototype && prototype !== Fields.prototype && prototype !== null) return false
  // Also one that is not enumerable: `JSON.stringify` would call it.
  if (attrs['toJSON'] !== undefined) return false
  let left = MOST_ATTRIBUTES
  for (const key in attrs) {
    const known = keys.peek(key) ?? keys.of(key)
    if (!known.plain || left-- === 0) return false
    if (known.shared && (key in bound || (context !== undefined && key in context))) return false
    const value = attrs[key]
    switch (typeof value) {
      case 'string':
        if (value.length > LONGEST_STRING) return false
        break
      case 'number':
        if (!Number.isFinite(value)) return false
        break
      case 'boolean':
      case 'undefined':
        break
      default:
        if (value !== null) return false
    }
  }
  return true
}
