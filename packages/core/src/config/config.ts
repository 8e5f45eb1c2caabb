import type { Level } from '../logger/level.js'
import { keyValueList, list } from './lists.js'
import { type Env, Reader } from './reader.js'

/** What the environment asks for, resolved; flat, so that it can be printed and compared. */
export interface TelemetryConfig {
  enabled: boolean
  /** Lowest level on the console. */
  level: Level
  format: 'json' | 'pretty'
  structured: boolean
  /** True when OpenTelemetry is asked for and an endpoint is known. */
  tracing: boolean
  /** Lowest level handed to sinks other than the console. */
  exportLevel: Level
  /** Where spans go; undefined while OpenTelemetry is off and with `OTEL_TRACES_EXPORTER=none`. */
  tracesUrl?: string
  logsUrl?: string
  metricsUrl?: string
  headers: Record<string, string>
  /** `headers`, with those of the signal's own variable in front. */
  tracesHeaders: Record<string, string>
  logsHeaders: Record<string, string>
  metricsHeaders: Record<string, string>
  /** Globs over event names, and files of them: what of the records is exported; `*` is all (R7.13). */
  exportEvents: string[]
  /** Who decides whether a new trace is sampled, by its standard name. */
  sampler: SamplerName
  /** Share of new traces that is sampled, 0 to 1. */
  sampleRatio: number
  serviceName: string
  /** What `OTEL_RESOURCE_ATTRIBUTES` says of the process. */
  resourceAttributes: Record<string, string>
  /** How spans are gathered before they are sent. */
  spanBatch: BatchLimits
  /** How log records are gathered before they are sent. */
  logBatch: BatchLimits
  /** How often metrics are sent, in milliseconds. */
  metricIntervalMs: number
  /** How long one export of metrics may take, in milliseconds. */
  metricTimeoutMs: number
  /** Whether SQL statements bear the trace as a comment. */
  sqlComments: boolean
  /** Paths whose requests make no spans. */
  excludedPaths: string[]
  /** Paths whose requests write no completion line below 500. */
  logExcludedPaths: string[]
  /** Names of W3C baggage entries that become attributes; `*` is all. */
  baggageKeys: string[]
}

/** Bounds of what waits to be sent, as OpenTelemetry's batch processors have them. */
export interface BatchLimits {
  /** How long an item waits for others at most, in milliseconds. */
  delayMs: number
  /** How long one export may take, in milliseconds. */
  timeoutMs: number
  /** Items that may wait; what comes on top is dropped and counted. */
  queueSize: number
  /** Items of one export. */
  batchSize: number
}

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

/** The standard names of `OTEL_TRACES_SAMPLER`. */
export type SamplerName = (typeof SAMPLERS)[number]

/** A setting that was not usable, and what is used in its place. */
export interface ConfigProblem {
  variable: string
  value: string
  message: string
}

/**
 * Resolves the environment into a configuration and lists everything wrong with it at once.
 *
 * It reads no file and changes nothing (R1.11).
 *
 * @example
 * const { config, problems } = loadConfig({ NODE_ENV: 'production', LOG_LEVEL: 'info' })
 */
export function loadConfig(
  env: Env = process.env,
  options: { serviceName?: string | undefined; packageName?: string | undefined } = {},
): { config: TelemetryConfig; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = []
  const read = new Reader(env, problems)
  const defaults = byEnvironment(env.NODE_ENV)
  const enabled = read.switch('TELEMETRY_ENABLED', true)
  const headers = read.pairs('OTEL_EXPORTER_OTLP_HEADERS')
  const config: TelemetryConfig = {
    enabled,
    level: read.level('LOG_LEVEL', defaults.level),
    format: read.oneOf('LOG_FORMAT', ['json', 'pretty'], defaults.format),
    structured: read.switch('STRUCTURED_LOGS_ENABLED', true),
    tracing: false,
    exportLevel: read.level('LOG_EXPORT_LEVEL', 'info'),
    headers,
    tracesHeaders: { ...headers, ...read.pairs('OTEL_EXPORTER_OTLP_TRACES_HEADERS') },
    logsHeaders: { ...headers, ...read.pairs('OTEL_EXPORTER_OTLP_LOGS_HEADERS') },
    metricsHeaders: { ...headers, ...read.pairs('OTEL_EXPORTER_OTLP_METRICS_HEADERS') },
    exportEvents: env.LOG_EXPORT_EVENTS === undefined ? ['*'] : list(env.LOG_EXPORT_EVENTS),
    sampler: read.oneOf('OTEL_TRACES_SAMPLER', SAMPLERS, 'parentbased_traceidratio'),
    sampleRatio: read.ratio('OTEL_TRACES_SAMPLER_ARG', 0.1),
    serviceName: serviceName(env, options),
    resourceAttributes: read.pairs('OTEL_RESOURCE_ATTRIBUTES'),
    spanBatch: read.batch('OTEL_BSP', 5_000),
    logBatch: read.batch('OTEL_BLRP', 1_000),
    metricIntervalMs: read.positive('OTEL_METRIC_EXPORT_INTERVAL', 60_000),
    metricTimeoutMs: read.positive('OTEL_METRIC_EXPORT_TIMEOUT', 30_000),
    sqlComments: read.switch('OTEL_SQLCOMMENTER_ENABLED', true),
    excludedPaths: list(env.OTEL_TRACING_EXCLUDED_URL_PATHS),
    logExcludedPaths: list(env.LOG_EXCLUDED_URL_PATHS),
    baggageKeys: env.LOG_BAGGAGE_KEYS === undefined ? ['*'] : list(env.LOG_BAGGAGE_KEYS),
  }
  const wanted = read.switch('OTEL_ENABLED', false)
  const disabled = read.switch('OTEL_SDK_DISABLED', false)
  if (wanted && !disabled && enabled) turnTracingOn(config, env, read)
  return { config, problems }
}

function turnTracingOn(config: TelemetryConfig, env: Env, read: Reader): void {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim()
  if (!base) return
  if (!read.url('OTEL_EXPORTER_OTLP_ENDPOINT', base)) return
  // The exporters read these themselves, once a signal: what they cannot use is said here, once.
  read.oneOf('OTEL_EXPORTER_OTLP_PROTOCOL', ['http/protobuf'], 'http/protobuf')
  read.oneOf('OTEL_EXPORTER_OTLP_COMPRESSION', ['none', 'gzip'], 'none')
  read.positive('OTEL_EXPORTER_OTLP_TIMEOUT', 10_000)
  const root = base.replace(/\/+$/, '')
  config.tracing = true
  const traces = read.endpoint('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', `${root}/v1/traces`)
  const logs = read.endpoint('OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', `${root}/v1/logs`)
  const metrics = read.endpoint('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', `${root}/v1/metrics`)
  if (read.exports('OTEL_TRACES_EXPORTER')) config.tracesUrl = traces
  if (read.exports('OTEL_LOGS_EXPORTER')) config.logsUrl = logs
  if (read.exports('OTEL_METRICS_EXPORTER')) config.metricsUrl = metrics
}

function byEnvironment(name: string | undefined): { level: Level; format: 'json' | 'pretty' } {
  switch (name?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'dev':
    case 'development':
      return { level: 'debug', format: 'pretty' }
    case 'prod':
    case 'production':
      return { level: 'error', format: 'json' }
    default:
      return { level: 'info', format: 'json' }
  }
}

function serviceName(
  env: Env,
  options: { serviceName?: string | undefined; packageName?: string | undefined },
): string {
  const fromResource = keyValueList(env.OTEL_RESOURCE_ATTRIBUTES)['service.name']
  return (
    env.OTEL_SERVICE_NAME?.trim() ||
    options.serviceName ||
    fromResource ||
    options.packageName ||
    'unknown_service:node'
  )
}
