import { isStackTrace } from './stack-trace.js'

/** A call of Nest's logger in terms of ours. */
export interface NestLine {
  /** Nest's context: the class that logs. */
  domain: string
  event: string
  attributes: Record<string, unknown> | undefined
}

/** The event of an object message that names none. */
const NAMELESS = 'log'

/**
 * Reads the arguments of a Nest logger's method: a message, anything, and last the context (R4.8).
 *
 * An object message becomes attributes and its `event`, `message` or `msg` the event; an Error becomes
 * `exception.*`; a stack trace, which only `error` and `fatal` are given, `exception.stacktrace`; further objects
 * add their members, further values stand under `params`.
 */
export function readNestLine(message: unknown, rest: readonly unknown[], takesStack: boolean): NestLine {
  const { domain, params } = splitContext(rest, takesStack)
  const attributes: Record<string, unknown> = {}
  const event = readMessage(message, attributes)
  const others: unknown[] = []
  for (const param of params) {
    if (param === undefined) continue
    if (isErrorLike(param)) attributes['error'] ??= param
    else if (takesStack && isStackTrace(param)) attributes['exception.stacktrace'] ??= param
    else if (isPlainObject(param)) addMembers(attributes, param)
    else others.push(param)
  }
  if (others.length > 0) attributes['params'] ??= others
  return { domain, event, attributes: Object.keys(attributes).length > 0 ? attributes : undefined }
}

/** The last string is the context; a stack trace may stand before or behind it. */
function splitContext(
  rest: readonly unknown[],
  takesStack: boolean,
): { domain: string; params: readonly unknown[] } {
  const last = rest.at(-1)
  if (typeof last !== 'string') return { domain: '', params: rest }
  const before = rest.slice(0, -1)
  if (!takesStack || !isStackTrace(last)) return { domain: last, params: before }
  const { domain, params } = splitContext(before, false)
  return { domain, params: [...params, last] }
}

function readMessage(message: unknown, attributes: Record<string, unknown>): string {
  if (typeof message === 'string') return message
  if (isErrorLike(message)) {
    attributes['error'] = message
    return message.message || message.name || NAMELESS
  }
  if (isPlainObject(message)) {
    const name = ['event', 'message', 'msg'].find((key) => typeof message[key] === 'string')
    addMembers(attributes, message, name)
    return name === undefined ? NAMELESS : (message[name] as string)
  }
  // Nest prints what such a function returns.
  if (typeof message === 'function' && message.name === '')
    return readMessage((message as () => unknown)(), attributes)
  if (typeof message === 'function') return message.name
  if (message !== null && typeof message === 'object') {
    attributes['value'] = message
    return NAMELESS
  }
  return String(message)
}

function addMembers(
  attributes: Record<string, unknown>,
  source: Record<string, unknown>,
  except?: string,
): void {
  for (const key of Object.keys(source)) {
    if (key !== except && !Object.hasOwn(attributes, key)) attributes[key] = source[key]
  }
}

function isErrorLike(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
