import type { InstrumentationScope } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'

/** A scope as OTLP knows it; the SDK's type has no attributes yet. */
export interface Scope extends InstrumentationScope {
  readonly attributes?: object
  readonly droppedAttributesCount?: number
}

/** The items of one scope after the other. */
export type Scopes<Item> = Iterable<readonly [Scope, readonly Item[]]>

/** The items of one resource after the other. */
export type ByOrigin<Item> = Iterable<readonly [Resource, Scopes<Item>]>

/** Where a span or a record comes from. */
interface Origin {
  readonly resource: Resource
  readonly instrumentationScope: Scope
}

/**
 * Brings together what has the same origin, by identity, as the official serializer does it.
 *
 * Items that do not even say where they come from are not among the result.
 */
export function byOrigin<Item extends Origin>(items: readonly Item[]): ByOrigin<Item> {
  const resources = new Map<Resource, Map<Scope, Item[]>>()
  for (const item of items) {
    try {
      const { resource, instrumentationScope } = item
      let scopes = resources.get(resource)
      if (scopes === undefined) resources.set(resource, (scopes = new Map()))
      const list = scopes.get(instrumentationScope)
      if (list === undefined) scopes.set(instrumentationScope, [item])
      else list.push(item)
    } catch {
      // Counted with those that cannot be encoded.
    }
  }
  return resources
}
