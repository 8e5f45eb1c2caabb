import { type Level, parseLevel } from '../logger/level.js'
import { readSwitch } from '../parse-bool.js'
import { keyValueList, list } from './lists.js'

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
  tracesUrl?: string
  logsUrl?: string
  metricsUrl?: string
  headers: Record<string, string>
  /** Share of new traces that is sampled, 0 to 1. */
  sampleRatio: number
  serviceName: string
  /** Paths whose requests make no spans. */
  excludedPaths: string[]
  /** Paths whose requests write no completion line below 500. */
  logExcludedPaths: string[]
  /** Names of W3C baggage entries that become attributes; `*` is all. */
  baggageKeys: string[]
}

/** A setting that was not usable, and what is used in its place. */
export interface ConfigProblem {
  variable: string
  value: string
  message: string
}

/** As `process.env`, without a need for Node's types. */
type Env = Readonly<Record<string, string | undefined>>

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
  const config: TelemetryConfig = {
    enabled,
    level: read.level('LOG_LEVEL', defaults.level),
    format: read.oneOf('LOG_FORMAT', ['json', 'pretty'], defaults.format),
    structured: read.switch('STRUCTURED_LOGS_ENABLED', true),
    tracing: false,
    exportLevel: read.level('LOG_EXPORT_LEVEL', 'info'),
    headers: keyValueList(env.OTEL_EXPORTER_OTLP_HEADERS),
    sampleRatio: read.ratio('OTEL_TRACES_SAMPLER_ARG', 0.1),
    serviceName: serviceName(env, options),
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
  read.oneOf('OTEL_EXPORTER_OTLP_PROTOCOL', ['http/protobuf'], 'http/protobuf')
  const root = base.replace(/\/+$/, '')
  config.tracing = true
  config.tracesUrl = read.endpoint('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', `${root}/v1/traces`)
  config.logsUrl = read.endpoint('OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', `${root}/v1/logs`)
  config.metricsUrl = read.endpoint('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', `${root}/v1/metrics`)
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

/** User and password of a URL. */
const CREDENTIALS = /\/\/[^/@]*@/g

/** Reads typed values and notes each one that is not of its type. */
class Reader {
  constructor(
    private readonly env: Env,
    private readonly problems: ConfigProblem[],
  ) {}

  switch(variable: string, fallback: boolean): boolean {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    return (
      readSwitch(raw) ?? this.refuse(variable, raw, fallback, 'is not one of 1 true yes on 0 false no off')
    )
  }

  level(variable: string, fallback: Level): Level {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    return (
      parseLevel(raw) ??
      this.refuse(variable, raw, fallback, 'is not one of trace debug info warn error fatal')
    )
  }

  oneOf<T extends string>(variable: string, allowed: readonly T[], fallback: T): T {
    const raw = this.given(variable)?.toLowerCase()
    if (raw === undefined) return fallback
    return (
      allowed.find((name) => name === raw) ??
      this.refuse(variable, raw, fallback, `is not one of ${allowed.join(' ')}`)
    )
  }

  ratio(variable: string, fallback: number): number {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    const value = Number(raw)
    return Number.isNaN(value)
      ? this.refuse(variable, raw, fallback, 'is not a number from 0 to 1')
      : Math.min(1, Math.max(0, value))
  }

  endpoint(variable: string, fallback: string): string {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    return this.url(variable, raw) ? raw : fallback
  }

  url(variable: string, raw: string): boolean {
    if (/^https?:\/\//i.test(raw) && URL.canParse(raw)) return true
    this.refuse(variable, raw, undefined, 'is not an http(s) URL')
    return false
  }

  private given(variable: string): string | undefined {
    const raw = this.env[variable]?.trim()
    return raw === '' ? undefined : raw
  }

  private refuse<T>(variable: string, value: string, used: T, why: string): T {
    const safe = value.replace(CREDENTIALS, '//[REDACTED]@')
    const shown = safe.length > 100 ? `${safe.slice(0, 100)}…` : safe
    const fallback = used === undefined ? 'ignored' : `using ${String(used)}`
    this.problems.push({ variable, value: shown, message: `${variable}="${shown}" ${why}; ${fallback}` })
    return used
  }
}
