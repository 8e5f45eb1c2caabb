import type { AbstractHttpAdapter } from '@nestjs/core'
import { exchangeOf } from './exchange.js'
import { routeTemplate } from './route-template.js'

type Next = (...args: unknown[]) => void
type Handler = (request: { baseUrl?: string }, response: unknown, next: Next) => unknown
type Register = (this: unknown, ...args: unknown[]) => unknown

/** The methods of an adapter by which Nest registers the routes of controllers. */
const METHODS = [
  'all',
  'copy',
  'delete',
  'get',
  'head',
  'lock',
  'mkcol',
  'move',
  'options',
  'patch',
  'post',
  'propfind',
  'proppatch',
  'put',
  'query',
  'search',
  'unlock',
] as const

/**
 * Notes with each request which controller's route took it.
 *
 * Express forgets to tell a handler's route from a middleware's, so the routes are marked as Nest registers them.
 */
export function watchRoutes(adapter: AbstractHttpAdapter): void {
  const methods = adapter as unknown as Record<string, Register | undefined>
  for (const name of METHODS) {
    const register = methods[name]
    if (typeof register !== 'function') continue
    methods[name] = (...args) => {
      const [path] = args
      const handler = args.at(-1)
      return typeof path === 'string' && typeof handler === 'function'
        ? register.apply(adapter, [...args.slice(0, -1), marked(path, handler as Handler)])
        : register.apply(adapter, args)
    }
  }
}

/** The handler, with its name, its length and its properties. */
function marked(path: string, handler: Handler): Handler {
  const template = routeTemplate(path)
  const watched: Handler = (request, response, next) => {
    const exchange = exchangeOf(request)
    if (exchange === undefined) return handler(request, response, next)
    exchange.route = request.baseUrl ? request.baseUrl + template : template
    return handler(request, response, (...args) => {
      // Passed on, to another version or to the 404: the route was not this one.
      if (args[0] === undefined || args[0] === 'route') exchange.route = undefined
      next(...args)
    })
  }
  Object.defineProperties(watched, Object.getOwnPropertyDescriptors(handler))
  return watched
}
