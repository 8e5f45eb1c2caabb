/**
 * Whether an exception is how an application says no: an HttpException below 500 (P12).
 *
 * Known by `getStatus()`, not by its class: Nest is an optional peer, and may be installed twice.
 */
export function isExpected(error: unknown): boolean {
  try {
    const { getStatus } = error as { getStatus?: unknown }
    if (typeof getStatus !== 'function') return false
    const status: unknown = Reflect.apply(getStatus, error, [])
    return typeof status === 'number' && status < 500
  } catch {
    return false
  }
}
