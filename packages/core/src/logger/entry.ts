import { type ContextFields, Fields } from '../context/fields.js'
import type { Scope } from '../context/scope.js'
import type { AttributeKeys } from './attribute-keys.js'
import type { TraceIds } from '../telemetry/active-trace.js'
import { addAttributes, addException } from './attributes.js'
import type { LineSource } from './line-source.js'

/** One line on its way to the sinks, as the call gave it. */
export interface Entry {
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly severity: number
  readonly source: LineSource
  readonly event: string
  readonly attrs: object | undefined
  /** What `exception()` was given, in a box because anything can be thrown. */
  readonly thrown: { readonly thrown: unknown } | undefined
  readonly scope: Scope | undefined
  readonly trace: TraceIds | undefined
  readonly baggage: Readonly<Record<string, string>> | undefined
  readonly replayed: boolean
}

/** The call's attributes and the bound ones, in that order of precedence. */
export function ownAttributes(entry: Entry, keys: AttributeKeys): Record<string, unknown> {
  const fields = new Fields()
  if (entry.attrs !== undefined) addAttributes(fields, entry.attrs, keys)
  if (entry.thrown !== undefined) addException(fields, entry.thrown.thrown, keys)
  if (entry.replayed) fields['replayed'] = true
  addMissing(fields, entry.source.bound.prepare(keys).fields)
  return fields
}

/** All attributes of a line, each key once: call, bound, context, baggage (R7.6). */
export function allAttributes(entry: Entry, keys: AttributeKeys): Record<string, unknown> {
  const fields = ownAttributes(entry, keys)
  addMissing(fields, contextOf(entry.scope, keys))
  if (entry.baggage !== undefined) addMissing(fields, entry.baggage)
  return fields
}

const NO_CONTEXT: Readonly<ContextFields> = Object.freeze({})

/** The context of a line; a scope from before `initTelemetry` has yet to obey its settings. */
export function contextOf(scope: Scope | undefined, keys: AttributeKeys): Readonly<ContextFields> {
  if (scope === undefined) return NO_CONTEXT
  if (scope.root.keys === keys) return scope.merged()
  const fields = new Fields()
  addAttributes(fields, scope.merged(), keys)
  return fields as ContextFields
}

function addMissing(fields: Record<string, unknown>, more: Readonly<Record<string, unknown>>): void {
  for (const name in more) if (!(name in fields)) fields[name] = more[name]
}
