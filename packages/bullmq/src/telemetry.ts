import { randomUUID } from 'node:crypto'
import type { ContextManager, Telemetry } from 'bullmq'
import { encodeContext, type LabelTable, resolveRequestId } from '@throughline/core'
import {
  activeFrame,
  carryTrace,
  detachedFrame,
  type Frame,
  isTelemetryEnabled,
  runInFrame,
  type Settings,
  type TraceCarrier,
} from '@throughline/core/binding'
import { type CarriedTrace, carriedTrace, traceContext } from './carried-trace.js'
import { decodeCarrier, encodeCarrier } from './carrier.js'
import { carriedFields, reportRefused } from './job-context.js'
import { JobSettings, SETTINGS } from './job-settings.js'
import { checkedJobTrace, type JobTrace } from './job-trace.js'
import { loudFrame } from './quiet.js'
import { createTracer } from './tracer.js'

/** Options of `telemetry()`. */
export interface JobTelemetryOptions {
  /** Resources whose ids travel with the job; default: those of `initTelemetry`. */
  labels?: LabelTable
  /** For a worker: what the trace a job was added in is to the job's span; default `child`. */
  trace?: JobTrace
}

type Callback = Parameters<ContextManager['with']>[1]

/**
 * The `telemetry` option of BullMQ's queues, flow producers and workers: jobs take the current context along in
 * their metadata, never in their data, and a plain `Worker` runs them in it. It needs no OpenTelemetry; with it on
 * there is a span for what adds jobs and one for each attempt (R5.2, R5.3).
 *
 * @throws TypeError for a label or a `trace` that cannot be used
 * @example
 * const queue = new Queue('mails', { connection, telemetry: telemetry() })
 */
export function telemetry({ trace, ...options }: JobTelemetryOptions = {}): Telemetry {
  const settings = new JobSettings(options, checkedJobTrace(trace))
  return Object.assign(
    { tracer: createTracer(settings.trace), contextManager: createContextManager(() => settings.current) },
    { [SETTINGS]: settings },
  )
}

/** Contexts are frames; undefined is the root. All is done in the turn in which BullMQ asks for it. */
function createContextManager(settings: () => Settings): ContextManager<Frame | undefined> {
  return {
    active: activeFrame,
    root: () => undefined,
    with: <A extends Callback>(frame: Frame | undefined, fn: A): ReturnType<A> =>
      runInFrame(frame, fn) as ReturnType<A>,
    getMetadata: (frame) =>
      frame === undefined || !isTelemetryEnabled() ? '' : metadataOf(frame, settings()),
    fromMetadata: (active, metadata) => (isTelemetryEnabled() ? frameOf(metadata, settings()) : active),
  }
}

function metadataOf(frame: Frame, settings: Settings): string {
  const fields = frame.scope === undefined ? undefined : settings.forwardable(frame.scope.merged())
  const context = fields === undefined ? '' : encodeContext(fields)
  return encodeCarrier(traceOf(loudFrame(frame) ?? frame), context)
}

/** The trace of a frame; where no spans are made, the one that its work came with. */
function traceOf(frame: Frame): CarriedTrace | undefined {
  const carrier: TraceCarrier = {}
  return carryTrace(frame, carrier) ? (carrier as CarriedTrace) : carriedTrace(frame)
}

/** For a plain Worker, which does not say whose metadata it is; the span adds what names the job. */
function frameOf(metadata: unknown, settings: Settings): Frame {
  const { carrier, refused } = decodeCarrier(metadata)
  const fields = carriedFields(carrier, settings)
  const carried = fields['request.id']
  fields['request.id'] = typeof carried === 'string' ? resolveRequestId(carried) : randomUUID()
  const frame = detachedFrame(fields, traceContext(carrier), carrier)
  if (refused !== undefined) runInFrame(frame, () => reportRefused(refused))
  return frame
}
