import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'

/**
 * The same in an object without a prototype.
 *
 * SDK and encoder ask for options and fields that may not be there; what somebody has put on `Object.prototype` is not
 * to be found, and to leave, in their place.
 */
export function bare<T extends object>(value: T): T {
  return Object.assign<object, T>(Object.create(null) as object, value)
}

/** The same for all objects of what was collected. */
export function bareMetrics({ resource, scopeMetrics }: ResourceMetrics): ResourceMetrics {
  const { attributes } = resource
  return bareDeep({ resource: { attributes }, scopeMetrics }) as ResourceMetrics
}

function bareDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareDeep)
  if (typeof value !== 'object' || value === null) return value
  return bare(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bareDeep(each)])))
}
