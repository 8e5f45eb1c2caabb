import type { Attributes } from '@opentelemetry/api'
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions'
import type { UnitOptions } from '@throughline/core'
import { exceptionAttributes, type UnitEnd } from '@throughline/core/binding'
import { isKnownMethod, OTHER_METHOD } from '../tracing/http-method.js'
import type { UnitMeasurements } from '../tracing/unit-measurements.js'
import type { UnitMetrics } from './unit-metrics.js'

const NO_ATTRIBUTES: Attributes = Object.freeze({})

/** Counts and times requests, jobs and connections as they end, whether their traces are sampled or not (R8.3). */
export function measureUnits(metrics: UnitMetrics): UnitMeasurements {
  return {
    opened({ kind }) {
      if (kind === 'connection') metrics.connectionOpened(NO_ATTRIBUTES)
    },
    ended(options, end) {
      switch (options.kind) {
        case 'http':
          return metrics.http(end.seconds, requestAttributes(options, end))
        case 'job':
          return metrics.job(end.seconds, jobAttributes(options, end))
        case 'connection':
          return metrics.connectionClosed(NO_ATTRIBUTES)
        default:
      }
    },
  }
}

function requestAttributes(options: UnitOptions, end: UnitEnd): Attributes {
  const { attributes: given } = end
  const method = given[ATTR_HTTP_REQUEST_METHOD]
  const attributes: Attributes = {
    ...dimensionsOf(options),
    [ATTR_HTTP_REQUEST_METHOD]: isKnownMethod(method) ? (method as string) : OTHER_METHOD,
  }
  const status = given[ATTR_HTTP_RESPONSE_STATUS_CODE] as number | undefined
  if (status !== undefined) attributes[ATTR_HTTP_RESPONSE_STATUS_CODE] = status
  const route = given[ATTR_HTTP_ROUTE] as string | undefined
  if (route !== undefined) attributes[ATTR_HTTP_ROUTE] = route
  if (end.outcome === 'error') attributes[ATTR_ERROR_TYPE] = errorType(end, status)
  return attributes
}

function jobAttributes(options: UnitOptions, end: UnitEnd): Attributes {
  const outcome = end.outcome === 'aborted' ? 'deferred' : end.outcome
  const attributes: Attributes = { ...dimensionsOf(options), 'job.outcome': outcome }
  if (end.outcome === 'error') attributes[ATTR_ERROR_TYPE] = errorType(end, undefined)
  return attributes
}

function dimensionsOf({ span }: UnitOptions): Attributes | undefined {
  return span === false ? undefined : span?.dimensions
}

function errorType({ error }: UnitEnd, status: number | undefined): string {
  const type = error === undefined ? undefined : exceptionAttributes(error)['exception.type']
  return type ?? String(status ?? '_OTHER')
}
