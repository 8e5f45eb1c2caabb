import { cutString, exceptionAttributes } from '@throughline/core/binding'

/** What core puts in place of a secret. */
const REDACTED = '[REDACTED]'
const LONGEST_STACK = 32_768
const LONGEST_TYPE = 256
/** How far causes are followed, and how many members of an AggregateError are kept. */
const MOST_RELATED = 5

/**
 * A well-behaved error that says what the thrown one says: type, message and stack, bounded, with its causes.
 *
 * posthog-node reads errors when it has the time, and one that throws while it is read is lost. What is no Error is
 * told as the log tells it. Never throws.
 */
export function copyError(thrown: unknown): Error {
  return copy(thrown, 0, new Set())
}

function copy(thrown: unknown, depth: number, seen: Set<unknown>): Error {
  seen.add(thrown)
  const { type, message, stack } = read(thrown)
  const members = depth < MOST_RELATED ? related(thrown, 'errors', depth, seen) : []
  const made = members.length > 0 ? new AggregateError(members, message) : new Error(message)
  made.name = type
  // Without one there is none to show: the place where the copy was made is not where it was thrown.
  made.stack = stack === '' ? `${type}: ${message}` : stack
  const [cause] = depth < MOST_RELATED ? related(thrown, 'cause', depth, seen) : []
  if (cause !== undefined) made.cause = cause
  return made
}

interface Told {
  readonly type: string
  readonly message: string
  readonly stack: string
}

function read(thrown: unknown): Told {
  const told = exceptionAttributes(thrown)
  return {
    type: cutString(told['exception.type'] ?? 'Error', LONGEST_TYPE),
    message: told['exception.message'] ?? '',
    // That of the attributes has the causes in it; it still tells whether stacks are secrets here.
    stack: told['exception.stacktrace'] === REDACTED ? '' : ownStack(thrown),
  }
}

function ownStack(thrown: unknown): string {
  try {
    const { stack } = thrown as { stack?: unknown }
    return typeof stack === 'string' ? cutString(stack, LONGEST_STACK) : ''
  } catch {
    return ''
  }
}

function related(thrown: unknown, key: 'cause' | 'errors', depth: number, seen: Set<unknown>): Error[] {
  try {
    if (!(thrown instanceof Error)) return []
    const found: unknown = (thrown as unknown as Record<string, unknown>)[key]
    if (found === undefined || found === null) return []
    const list: unknown[] =
      key === 'cause' ? [found] : Array.isArray(found) ? found.slice(0, MOST_RELATED) : []
    return list.filter((one) => !seen.has(one)).map((one) => copy(one, depth + 1, seen))
  } catch {
    return []
  }
}
