import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { parseBool } from '@throughline/core'
import type { InstrumentationOptions, Running } from './instrumentations.js'
import { patchLoaded } from './loaded-drivers.js'
import { isTracedElsewhere, type Route, routeTraced } from './traced-method.js'

/**
 * Spans of PostgreSQL's driver, below a span only, with the statement but never its values.
 *
 * Statements bear the trace as a comment (sqlcommenter) unless `OTEL_SQLCOMMENTER_ENABLED` is false: each text is
 * then another one to a cache of statements. Named statements never get one.
 */
export function start({ tracerProvider, meterProvider }: InstrumentationOptions): Running {
  const instrumentation = new PgInstrumentation({
    requireParentSpan: true,
    enhancedDatabaseReporting: false,
    addSqlCommenterCommentToQueries: parseBool(process.env.OTEL_SQLCOMMENTER_ENABLED, true),
  })
  instrumentation.setTracerProvider(tracerProvider)
  if (meterProvider !== undefined) instrumentation.setMeterProvider(meterProvider)
  for (const definition of instrumentation.getModuleDefinitions()) {
    if (definition.name !== 'pg') continue
    for (const part of [definition, ...definition.files]) {
      const { patch } = part
      if (patch === undefined) continue
      part.patch = (exports: unknown, version?: string) => {
        const client = clientOf(exports)
        if (client === undefined || isTracedElsewhere(client, 'query')) return exports
        const patched: unknown = patch(exports, version)
        routeTraced(client, 'query', routeQuery)
        return patched
      }
    }
  }
  patchLoaded(instrumentation)
  return { instrumentation }
}

/** The prototype of the client, from the main module, an ES namespace of it, or the file of the class itself. */
function clientOf(exports: unknown): object | undefined {
  const { default: main, Client } = exports as { default?: { Client?: Function }; Client?: Function }
  const found = Client ?? main?.Client ?? exports
  return typeof found === 'function' ? (found.prototype as object) : undefined
}

/**
 * A cursor or stream submits itself: the instrumentation would copy it into a plain query, which ends its work, and
 * its span would never end. Any other object is handed on as a copy: the instrumentation writes into it, and
 * leaves behind what a query builder keeps on its prototype.
 */
const routeQuery: Route = (client, args, traced, original) => {
  const [query, ...rest] = args
  if (typeof query !== 'object' || query === null) return traced.apply(client, args)
  if (typeof (query as { submit?: unknown }).submit === 'function') return original.apply(client, args)
  return traced.apply(client, [plainQuery(query as Record<string, unknown>), ...rest])
}

/** What pg reads of a query. */
const QUERY_KEYS = [
  'text',
  'values',
  'name',
  'rowMode',
  'types',
  'binary',
  'rows',
  'portal',
  'callback',
  'queryMode',
  'query_timeout',
]

function plainQuery(query: Record<string, unknown>): Record<string, unknown> {
  const plain = { ...query }
  for (const key of QUERY_KEYS) if (!(key in plain) && key in query) plain[key] = query[key]
  return plain
}
