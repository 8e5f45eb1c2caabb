import { currentFrame } from '../context/current-frame.js'
import type { Frame } from '../context/frame.js'
import { slot } from '../slot.js'
import type { OpenSpan, SpanOptions, TraceCarrier } from '../tracing/tracing.js'

/**
 * Opens a span that is not a unit's, such as that of a job being added, below the current one or the given frame's.
 *
 * Undefined where there is nothing to add: OpenTelemetry is off, or the trace it would be in is not sampled.
 */
export function openSpan(options: SpanOptions, frame = currentFrame()): OpenSpan | undefined {
  return slot.tracing?.openSpan(options, frame)
}

/** Writes the trace of a frame into a carrier, as W3C headers; nothing while OpenTelemetry is off. */
export function carryTrace(frame: Frame, carrier: TraceCarrier): boolean {
  if (slot.tracing === undefined) return false
  slot.tracing.inject(frame, carrier)
  return true
}
