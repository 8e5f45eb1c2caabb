import { type ContextFields, decodeContext, resolveRequestId } from '@throughline/core'
import type { Settings } from '@throughline/core/binding'

/** Longer messages are not parsed a second time for their context. */
const LONGEST_ENVELOPE = 65_536
const MEMBER = '"context"'

/**
 * The context that a trusted peer put into a JSON message as its member `context`: what `encodeContext` wrote, or
 * an object of fields; only what may cross a hop (R3.4, R6.4).
 */
export function contextOf(data: unknown, isBinary: unknown, settings: Settings): ContextFields | undefined {
  if (isBinary === true || !Buffer.isBuffer(data)) return undefined
  if (data.length > LONGEST_ENVELOPE || !data.includes(MEMBER)) return undefined
  const given = settings.forwardable(readMember(data))
  const requestId = given['request.id']
  if (requestId !== undefined && resolveRequestId(requestId) !== requestId) delete given['request.id']
  return given
}

function readMember(data: Buffer): ContextFields {
  try {
    const { context } = JSON.parse(data.toString()) as { context?: unknown }
    if (typeof context === 'string') return decodeContext(context)
    return typeof context === 'object' && context !== null ? (context as ContextFields) : {}
  } catch {
    return {}
  }
}
