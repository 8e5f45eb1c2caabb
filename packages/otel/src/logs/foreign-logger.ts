import type { Context } from '@opentelemetry/api'

/** A log record as `Logger.emit` of every version takes it. */
export interface ForeignRecord {
  eventName: string
  severityNumber: number
  severityText: string
  body: string
  timestamp: number
  observedTimestamp: number
  attributes: Record<string, unknown>
  context: Context
}

/** The part of OpenTelemetry's Logger that is used. */
export interface ForeignLogger {
  emit(record: ForeignRecord): void
}

interface ForeignProvider {
  getLogger(name: string, version?: string): ForeignLogger
}

/** Where `@opentelemetry/api-logs` keeps the registered provider, behind a function that takes its version. */
const API_LOGS = Symbol.for('io.opentelemetry.js.api.logs')
/** Where `@opentelemetry/api` keeps it since 1.10, which brought the logs API with it (OpenTelemetry 3). */
const API = Symbol.for('opentelemetry.js.api.1')

const registry = globalThis as {
  [API_LOGS]?: (version: number) => ForeignProvider | undefined
  [API]?: { logs?: ForeignProvider }
}

/**
 * The logger of a provider that another set-up has registered, by either API; undefined where there is none.
 *
 * Read from the registries, so that no logs API has to be loaded to find that there is nothing.
 */
export function foreignLogger(scope: { name: string; version: string }): ForeignLogger | undefined {
  const provider = registry[API_LOGS]?.(1) ?? registry[API]?.logs
  return provider?.getLogger(scope.name, scope.version)
}
