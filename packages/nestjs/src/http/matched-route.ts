import { routeTemplate } from './route-template.js'

/** What frameworks say of the route they took. */
interface Routed {
  /** Express: the last route whose path matched, be it a handler's or a middleware's. */
  route?: { path?: unknown }
  baseUrl?: string
  /** Fastify. */
  is404?: boolean
  routeOptions?: { url?: string }
}

/**
 * The template of the route that took the request, as the framework remembers it.
 *
 * On Express this is only for routes that are not a controller's: middleware for a path leaves its path behind
 * too, so a 404 and a path with a wildcard name nothing.
 */
export function matchedRoute(request: unknown, status: number): string | undefined {
  const { routeOptions, is404, route, baseUrl } = request as Routed
  if (routeOptions !== undefined) {
    const { url } = routeOptions
    // CORS registers `*` for preflights, which is no route of the application's.
    return is404 === true || url === undefined || url[0] !== '/' ? undefined : routeTemplate(url)
  }
  const path = route?.path
  if (typeof path !== 'string' || status === 404 || path.includes('*')) return undefined
  return routeTemplate((baseUrl ?? '') + path)
}
