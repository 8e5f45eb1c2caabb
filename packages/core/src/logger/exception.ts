import type { AttributeKeys } from './attribute-keys.js'
import { cutString, plainValue } from './attribute-value.js'
import { errorType, isError } from './error.js'

/** A type is the name of a class, and an attribute of metrics. */
const LONGEST_TYPE = 256
/** The chain of causes is followed this far. */
const MOST_CAUSES = 5

/**
 * The `exception.*` attributes of whatever was thrown, with its chain of causes in the stack trace
 * (OpenTelemetry semantic conventions for exceptions; R7.5), bounded and without secrets. Never throws.
 */
export function exceptionAttributes(thrown: unknown, keys: AttributeKeys): Record<string, string> {
  try {
    if (isError(thrown)) {
      const attributes: Record<string, string> = {
        'exception.type': cutString(errorType(thrown), LONGEST_TYPE),
        'exception.message': cutString(String(thrown.message)),
      }
      const stack = cutString(stackWithCauses(thrown, keys))
      if (stack !== '') attributes['exception.stacktrace'] = stack
      return attributes
    }
    return {
      'exception.type': thrown === null ? 'null' : typeof thrown,
      'exception.message': describe(thrown, keys),
    }
  } catch {
    return { 'exception.type': 'unknown', 'exception.message': 'the thrown value cannot be read' }
  }
}

function stackWithCauses(error: Error, keys: AttributeKeys): string {
  const seen = new Set<unknown>()
  const parts: string[] = []
  let current: unknown = error
  while (current !== undefined && current !== null && !seen.has(current) && parts.length <= MOST_CAUSES) {
    seen.add(current)
    const text = isError(current)
      ? (current.stack ?? `${errorType(current)}: ${current.message}`)
      : describe(current, keys)
    parts.push(parts.length === 0 ? text : `Caused by: ${text}`)
    current = isError(current) ? current.cause : undefined
  }
  return parts.join('\n')
}

function describe(value: unknown, keys: AttributeKeys): string {
  if (typeof value !== 'object' || value === null) return cutString(String(value))
  return JSON.stringify(plainValue(value, '', keys)) ?? Object.prototype.toString.call(value)
}
