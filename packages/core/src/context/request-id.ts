import { crypto } from '../builtins.js'

/** What may be echoed and logged: unreserved URL characters and a few more, 128 at most (R3.4). */
const SAFE_ID = /^[A-Za-z0-9._~:/+=@-]{1,128}$/

/**
 * Takes the caller's request id when it is safe to log and echo, else makes a new UUID v4 (R3.4).
 *
 * Of a repeated header, which Node joins with commas, the first value counts.
 *
 * @example
 * resolveRequestId('abc-123') // 'abc-123'
 * resolveRequestId('\u001b[31m') // a new UUID
 */
export function resolveRequestId(header: string | string[] | undefined): string {
  const given = Array.isArray(header) ? header[0] : header
  if (typeof given !== 'string') return newId()
  const comma = given.indexOf(',')
  const first = comma === -1 ? given : given.slice(0, comma)
  return SAFE_ID.test(first) ? first : newId()
}

function newId(): string {
  return crypto().randomUUID()
}
