import { randomUUID } from 'node:crypto'
import type { ContextManager, Telemetry } from 'bullmq'
import { encodeContext, type LabelTable, resolveRequestId } from '@throughline/core'
import {
  activeFrame,
  detachedFrame,
  type Frame,
  isTelemetryEnabled,
  runInFrame,
  type Settings,
} from '@throughline/core/binding'
import { carriedTrace, traceContext } from './carried-trace.js'
import { decodeCarrier, encodeCarrier } from './carrier.js'
import { carriedFields, reportRefused } from './job-context.js'
import { JobSettings, SETTINGS } from './job-settings.js'
import { startSpan } from './spans.js'

/** Options of `telemetry()`. */
export interface JobTelemetryOptions {
  /** Resources whose ids travel with the job; default: those of `initTelemetry`. */
  labels?: LabelTable
}

type Callback = Parameters<ContextManager['with']>[1]

/**
 * The `telemetry` option of BullMQ's queues, flow producers and workers: jobs take the current context along in
 * their metadata, never in their data, and a plain `Worker` runs them in it. It needs no OpenTelemetry (R5.2).
 *
 * @throws TypeError for a label that cannot be used
 * @example
 * const queue = new Queue('mails', { connection, telemetry: telemetry() })
 */
export function telemetry(options: JobTelemetryOptions = {}): Telemetry {
  const settings = new JobSettings(options)
  return Object.assign(
    { tracer: { startSpan }, contextManager: createContextManager(() => settings.current) },
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
  return encodeCarrier(carriedTrace(frame), context)
}

/** For a plain Worker, which does not say whose metadata it is; the span adds what names the job. */
function frameOf(metadata: unknown, settings: Settings): Frame {
  const { carrier, refused } = decodeCarrier(metadata)
  const fields = carriedFields(carrier, settings)
  const carried = fields['request.id']
  fields['request.id'] = typeof carried === 'string' ? resolveRequestId(carried) : randomUUID()
  const frame = detachedFrame(fields, traceContext(carrier))
  if (refused !== undefined) runInFrame(frame, () => reportRefused(refused))
  return frame
}
