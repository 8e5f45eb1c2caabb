import type { HistogramPoint, NumberPoint, OtlpMetric } from '@throughline/otlp'

/** What has arrived of the events, as `[count, attributes]`, in order of arrival. */
export function counted(metrics: readonly OtlpMetric[], prefix = 'acme'): unknown[] {
  return pointsOf<NumberPoint>(metrics, `${prefix}_events_total`).map(({ value, attributes }) => [
    value,
    attributes,
  ])
}

/** What has arrived of the durations, as `[count, attributes]`. */
export function timed(metrics: readonly OtlpMetric[], prefix = 'acme'): unknown[] {
  return pointsOf<HistogramPoint>(metrics, `${prefix}_request_duration_seconds`).map(
    ({ count, attributes }) => [count, attributes],
  )
}

function pointsOf<Point>(metrics: readonly OtlpMetric[], name: string): Point[] {
  return metrics
    .filter((metric) => metric.name === name)
    .flatMap(({ points }) => points as readonly Point[] as Point[])
}
