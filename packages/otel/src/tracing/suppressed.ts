import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { isTracingSuppressed, suppressTracing } from '@opentelemetry/core'
import { activeFrame, Frame, runInFrame } from '@throughline/core/binding'

const QUIET = suppressTracing(ROOT_CONTEXT)

/**
 * Runs what is not traced, such as an export, outside any request.
 *
 * It is core's storage that tells: after `context.disable()` by anybody the API carries nothing, and exports that are
 * traced themselves would go on without end.
 */
export function runSuppressed<T>(fn: () => T): T {
  return runInFrame(new Frame(undefined, undefined, QUIET), fn)
}

/** Whether what runs here is not traced. */
export function isSuppressed(): boolean {
  return isTracingSuppressed(activeFrame() ?? context.active())
}
