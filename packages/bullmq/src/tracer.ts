import { SpanKind, type SpanOptions, type Tracer } from 'bullmq'
import { isTelemetryEnabled, slot } from '@throughline/core/binding'
import { AttemptSpan } from './attempt-span.js'
import { HousekeepingSpan, isHousekeeping } from './housekeeping.js'
import type { JobTrace } from './job-trace.js'
import { type JobFrame, NoSpan } from './no-span.js'
import { ProducerSpan } from './producer-span.js'

const NO_SPAN = new NoSpan()
const HOUSEKEEPING_SPAN = new HousekeepingSpan()

/**
 * Makes spans of what BullMQ wants spans of, as far as they are worth one: jobs being added, and attempts of a plain
 * Worker. Those of a TelemetryWorker are opened by core.
 */
export function createTracer(trace: JobTrace): Tracer<JobFrame> {
  return {
    startSpan(name: string, options?: SpanOptions, parent?: unknown) {
      const kind = options?.kind
      if (kind === SpanKind.CONSUMER) {
        return isTelemetryEnabled() ? new AttemptSpan(parent !== undefined, trace) : NO_SPAN
      }
      if (slot.tracing === undefined) return NO_SPAN
      if (kind === SpanKind.PRODUCER) return new ProducerSpan()
      return isHousekeeping(name.slice(0, name.indexOf(' '))) ? HOUSEKEEPING_SPAN : NO_SPAN
    },
  }
}
