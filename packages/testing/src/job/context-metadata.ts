import { type ContextFields, encodeContext } from '@throughline/core'
import { CONTEXT_HEADER } from '@throughline/core/binding'

/** A context as `@throughline/bullmq` carries it: a JSON object of headers in the job's telemetry metadata. */
export function contextMetadata(context: ContextFields): string {
  return JSON.stringify({ [CONTEXT_HEADER]: encodeContext(context) })
}
