import type { Attributes } from '@opentelemetry/api'
import { contextFields, currentOptions, type Scope } from '@throughline/core/binding'

const USER_ID = 'user.id'
const DEFAULT_SPAN_KEYS = ['request.id']

/** The keys that the options in force name; these may come after the start. */
export function currentSpanKeys(): readonly string[] {
  return currentOptions().context.spanKeys ?? DEFAULT_SPAN_KEYS
}

/** The keys of the context that every span bears from its start, `request.id` by default (R8.5). */
export function startAttributes(scope: Scope | undefined, keys: readonly string[]): Attributes | undefined {
  if (scope === undefined) return undefined
  const fields = contextFields(scope)
  let attributes: Attributes | undefined
  for (const key of keys) {
    const value = fields[key]
    if (value !== undefined) (attributes ??= {})[key] = value as string
  }
  return attributes
}

/** Adds what the context of a unit has become by its end; who the user is only where that was asked for. */
export function addContext(attributes: Attributes, scope: Scope | undefined, keys: readonly string[]): void {
  if (scope === undefined) return
  const fields = contextFields(scope)
  for (const key in fields) {
    if (key in attributes || (key === USER_ID && !keys.includes(USER_ID))) continue
    attributes[key] = fields[key] as string
  }
}
