/** Methods that the semantic conventions know; others are `_OTHER`, for the sake of cardinality. */
const KNOWN: ReadonlySet<unknown> = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
])

export const OTHER_METHOD = '_OTHER'

/** Whether `http.request.method` may be this, as it came. */
export function isKnownMethod(method: unknown): boolean {
  return KNOWN.has(method)
}
