import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { bare } from '../bare.js'

/**
 * What was collected, with `bare` objects all the way down.
 *
 * The encoder asks for fields that may not be there; what somebody has put on `Object.prototype` is not to leave in
 * their place.
 */
export function bareMetrics({ resource, scopeMetrics }: ResourceMetrics): ResourceMetrics {
  const { attributes } = resource
  return bareDeep({ resource: { attributes }, scopeMetrics }) as ResourceMetrics
}

function bareDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareDeep)
  if (typeof value !== 'object' || value === null) return value
  return bare(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bareDeep(each)])))
}
