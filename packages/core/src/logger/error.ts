import { util } from '../builtins.js'

/** An Error of this realm or another one. Never throws: a proxy may refuse to tell its prototype. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error || util.types.isNativeError(value)
  } catch {
    return false
  }
}

/** The name by which an error is told apart: its own `name`, or its class when that is left at `Error`. */
export function errorType(error: Error): string {
  const name = error.name
  return typeof name === 'string' && name !== '' && name !== 'Error'
    ? name
    : (error.constructor?.name ?? 'Error')
}
