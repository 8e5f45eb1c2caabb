/** Scheme and authority of a request target in absolute form (`GET http://host/path`). */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i

/**
 * The path of a request target, without query and fragment: what may be logged of a URL.
 *
 * @example
 * urlPath('/orders/5?token=x') // '/orders/5'
 */
export function urlPath(target: string): string {
  const local = target[0] === '/' ? target : target.replace(ORIGIN, '') || '/'
  const query = local.indexOf('?')
  const path = query === -1 ? local : local.slice(0, query)
  const fragment = path.indexOf('#')
  return (fragment === -1 ? path : path.slice(0, fragment)) || '/'
}
