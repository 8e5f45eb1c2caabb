/**
 * For `@throughline/testing`: spans and metrics of units while a test watches, with OpenTelemetry on or off.
 *
 * @packageDocumentation
 */
export { CapturedMetrics } from './captured-metrics.js'
export type { MetricData } from '@opentelemetry/sdk-metrics'
export type { ReadableSpan } from '@opentelemetry/sdk-trace'
export { openCapture } from './open-capture.js'
