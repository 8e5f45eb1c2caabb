/** One environment variable as the reference table shows it (R1.11). */
export interface Variable {
  readonly name: string
  readonly type: string
  readonly default: string
  readonly page: string
  readonly summary: string
}

/** Every environment variable that this package reads; the reference in docs is held against it by a test. */
export const VARIABLES: readonly Variable[] = [
  variable(
    'TELEMETRY_ENABLED',
    'switch',
    'true',
    'configuration',
    'Master switch; false leaves plain-text logs only',
  ),
  variable('NODE_ENV', 'name', 'development', 'logging', 'Decides the defaults of LOG_LEVEL and LOG_FORMAT'),
  variable('LOG_LEVEL', 'level', 'by NODE_ENV', 'logging', 'Lowest level written to the console'),
  variable('LOG_FORMAT', 'json | pretty', 'by NODE_ENV', 'logging', 'Form of a console line'),
  variable(
    'LOG_EXPORT_LEVEL',
    'level',
    'info',
    'logging',
    'Lowest level handed to sinks other than the console',
  ),
  variable('LOG_EXCLUDED_URL_PATHS', 'paths', 'none', 'logging', 'Paths without a completion line below 500'),
  variable('LOG_BAGGAGE_KEYS', 'names', '*', 'logging', 'Entries of W3C baggage that become attributes'),
  variable(
    'STRUCTURED_LOGS_ENABLED',
    'switch',
    'true',
    'logging',
    'False writes plain text and exports no logs',
  ),
  variable(
    'OTEL_ENABLED',
    'switch',
    'false',
    'configuration',
    'Turns OpenTelemetry on, together with an endpoint',
  ),
  variable(
    'OTEL_SDK_DISABLED',
    'switch',
    'false',
    'configuration',
    'True keeps OpenTelemetry off whatever else says',
  ),
  variable('OTEL_SERVICE_NAME', 'name', 'package name', 'configuration', 'The service every record bears'),
  variable(
    'OTEL_RESOURCE_ATTRIBUTES',
    'key=value list',
    'none',
    'configuration',
    'service.name is read from it',
  ),
  variable('OTEL_EXPORTER_OTLP_ENDPOINT', 'URL', 'none', 'configuration', 'Base URL of the collector'),
  variable(
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    'URL',
    'base + /v1/traces',
    'configuration',
    'Wins as it stands',
  ),
  variable(
    'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
    'URL',
    'base + /v1/logs',
    'configuration',
    'Wins as it stands',
  ),
  variable(
    'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
    'URL',
    'base + /v1/metrics',
    'configuration',
    'Wins as it stands',
  ),
  variable(
    'OTEL_EXPORTER_OTLP_HEADERS',
    'key=value list',
    'none',
    'configuration',
    'Headers of every export',
  ),
  variable(
    'OTEL_EXPORTER_OTLP_PROTOCOL',
    'http/protobuf',
    'http/protobuf',
    'configuration',
    'The only protocol',
  ),
  variable(
    'OTEL_TRACING_EXCLUDED_URL_PATHS',
    'paths',
    'none',
    'configuration',
    'Paths whose requests make no spans',
  ),
  variable(
    'OTEL_TRACES_SAMPLER_ARG',
    '0 to 1',
    '0.1',
    'configuration',
    'Share of new traces that is sampled',
  ),
]

function variable(name: string, type: string, fallback: string, page: string, summary: string): Variable {
  return { name, type, default: fallback, page, summary }
}
