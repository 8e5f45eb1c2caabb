import { types } from 'node:util'

/** The chain of causes is followed this far. */
const MOST_CAUSES = 5

/**
 * The `exception.*` attributes of whatever was thrown, with its chain of causes in the stack trace
 * (OpenTelemetry semantic conventions for exceptions; R7.5). Never throws.
 */
export function exceptionAttributes(thrown: unknown): Record<string, string> {
  try {
    if (isError(thrown)) {
      const attributes: Record<string, string> = {
        'exception.type': errorType(thrown),
        'exception.message': String(thrown.message),
      }
      const stack = stackWithCauses(thrown)
      if (stack !== '') attributes['exception.stacktrace'] = stack
      return attributes
    }
    return {
      'exception.type': thrown === null ? 'null' : typeof thrown,
      'exception.message': describe(thrown),
    }
  } catch {
    return { 'exception.type': 'unknown', 'exception.message': 'the thrown value cannot be read' }
  }
}

/** An Error of this realm or another one. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value)
}

/** The name by which an error is told apart: its own `name`, or its class when that is left at `Error`. */
export function errorType(error: Error): string {
  const name = error.name
  return typeof name === 'string' && name !== '' && name !== 'Error'
    ? name
    : (error.constructor?.name ?? 'Error')
}

function stackWithCauses(error: Error): string {
  const seen = new Set<unknown>()
  const parts: string[] = []
  let current: unknown = error
  while (current !== undefined && current !== null && !seen.has(current) && parts.length <= MOST_CAUSES) {
    seen.add(current)
    const text = isError(current)
      ? (current.stack ?? `${errorType(current)}: ${current.message}`)
      : describe(current)
    parts.push(parts.length === 0 ? text : `Caused by: ${text}`)
    current = isError(current) ? current.cause : undefined
  }
  return parts.join('\n')
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return JSON.stringify(value) ?? Object.prototype.toString.call(value)
}
