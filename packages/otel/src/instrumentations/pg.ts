import type { InstrumentationModuleDefinition } from '@opentelemetry/instrumentation'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import type { InstrumentationOptions, Running } from './instrumentations.js'
import { patchLoaded } from './loaded-drivers.js'
import { isTracedElsewhere, isTracedHere, type Route, routeTraced } from './traced-method.js'

/**
 * Spans of PostgreSQL's driver, below a span only, with the statement but never its values.
 *
 * Statements bear the trace as a comment (sqlcommenter) unless `OTEL_SQLCOMMENTER_ENABLED` is false: each text is
 * then another one to a cache of statements. Named statements never get one.
 */
export function start({
  tracerProvider,
  meterProvider,
  sqlComments = true,
}: InstrumentationOptions): Running {
  const instrumentation = new RoutedPgInstrumentation({
    requireParentSpan: true,
    enhancedDatabaseReporting: false,
    // Waiting for a connection is no statement.
    ignoreConnectSpans: true,
    addSqlCommenterCommentToQueries: sqlComments,
  })
  instrumentation.setTracerProvider(tracerProvider)
  if (meterProvider !== undefined) instrumentation.setMeterProvider(meterProvider)
  return { instrumentation, disable: patchLoaded(instrumentation) }
}

class RoutedPgInstrumentation extends PgInstrumentation {
  override init(): ReturnType<PgInstrumentation['init']> {
    const definitions = super.init()
    for (const definition of definitions) {
      if (definition.name === 'pg') [definition, ...definition.files].forEach(routePart)
    }
    return definitions
  }
}

function routePart(part: Pick<InstrumentationModuleDefinition, 'patch' | 'unpatch'>): void {
  const { patch, unpatch } = part
  part.patch = (exports: unknown, version?: string): unknown => {
    const client = clientOf(exports)
    if (client === undefined || isTracedElsewhere(client, 'query')) return exports
    const patched: unknown = patch?.(exports, version)
    routeTraced(client, 'query', routeQuery)
    return patched
  }
  part.unpatch = (exports: unknown, version?: string): void => {
    const client = clientOf(exports)
    if (client !== undefined && isTracedHere(client, 'query')) unpatch?.(exports, version)
  }
}

/** The prototype of the client, from the main module, an ES namespace of it, or the file of the class itself. */
function clientOf(exports: unknown): object | undefined {
  const { default: main, Client } = exports as { default?: { Client?: unknown }; Client?: unknown }
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
