import type { ContextFields } from '@throughline/core'
import { getContext } from '@throughline/core'
import { activeFrame, cutString, slot } from '@throughline/core/binding'

/** Fields of the context that events bear besides labels and their ids (R3.2); `user.id` has rules of its own. */
const FIELDS = ['request.id', 'ws.conn_id', 'job.id', 'job.name', 'job.queue', 'job.attempt']
const LONGEST = 256
const MOST_LABELS = 32

/** Where in a trace an event belongs. */
export interface TraceIds {
  readonly traceId?: string | undefined
  readonly spanId?: string | undefined
}

/**
 * What ties an event to the lines of the same work: ids and labels of the context, and `trace_id`.
 *
 * Only the vocabulary of the context: what else an application binds stays in its logs.
 */
export function contextProperties(
  context: Readonly<ContextFields> = getContext(),
  trace: TraceIds | undefined = currentTrace(),
): Record<string, unknown> {
  // Without a prototype: a getter on Object.prototype would refuse the assignment.
  const properties = Object.create(null) as Record<string, unknown>
  for (const key of FIELDS) add(properties, key, context[key])
  const labels = Array.isArray(context.labels) ? context.labels.slice(0, MOST_LABELS) : []
  if (labels.length > 0) properties['labels'] = labels.map((label) => cutString(String(label), LONGEST))
  for (const label of labels) if (label !== 'user') add(properties, `${label}.id`, context[`${label}.id`])
  add(properties, 'trace_id', trace?.traceId)
  return properties
}

/** The trace that lines of the running code bear. */
export function currentTrace(): TraceIds | undefined {
  return slot.activeTrace?.ids(activeFrame())
}

function add(properties: Record<string, unknown>, key: string, value: unknown): void {
  if (typeof value === 'string') properties[key] = cutString(value, LONGEST)
  else if (typeof value === 'number' || typeof value === 'boolean') properties[key] = value
}
