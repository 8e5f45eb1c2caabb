/** The environment in which Throughline exports to the row's collector; what it does not name is off. */
export function withOtel(signals, env = {}) {
  const exporter = (signal) => (signals.includes(signal) ? 'otlp' : 'none')
  return {
    OTEL_ENABLED: 'true',
    OTEL_SERVICE_NAME: 'bench',
    OTEL_TRACES_EXPORTER: exporter('traces'),
    OTEL_LOGS_EXPORTER: exporter('logs'),
    OTEL_METRICS_EXPORTER: exporter('metrics'),
    ...env,
  }
}
