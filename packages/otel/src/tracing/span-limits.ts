import type { SpanLimits } from '@opentelemetry/sdk-trace'

/** As long as a string of a log record; the SDK's own default is endless. */
const LONGEST_VALUE = 16_384

/** Limits of spans by the standard variables; a value is cut even where none is set. */
export function spanLimits(env: NodeJS.ProcessEnv = process.env): SpanLimits {
  return {
    attributeValueLengthLimit: limit(
      env.OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT ?? env.OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT,
      LONGEST_VALUE,
    ),
    attributeCountLimit: limit(env.OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT ?? env.OTEL_ATTRIBUTE_COUNT_LIMIT, 128),
    eventCountLimit: limit(env.OTEL_SPAN_EVENT_COUNT_LIMIT, 128),
    linkCountLimit: limit(env.OTEL_SPAN_LINK_COUNT_LIMIT, 128),
  }
}

function limit(given: string | undefined, fallback: number): number {
  const value = Number(given?.trim() || Number.NaN)
  return Number.isInteger(value) && value >= 0 ? value : fallback
}
