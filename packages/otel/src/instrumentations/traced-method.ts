import { isWrapped } from '@opentelemetry/instrumentation'

type Method = (this: object, ...args: unknown[]) => unknown
type Traced = Method & { __original?: Method; __wrapped?: boolean; __unwrap?: () => void; [OURS]?: true }

const OURS: unique symbol = Symbol.for('@throughline/otel/traced')

/** Decides how a call goes on: with a span, or as if nothing were instrumented. */
export type Route = (client: object, args: unknown[], traced: Method, original: Method) => unknown

/** Whether another set-up has instrumented the method: then it is left alone, or its spans would be lost. */
export function isTracedElsewhere(target: object, name: string): boolean {
  const method = (target as Record<string, Traced | undefined>)[name]
  return method !== undefined && isWrapped(method) && method[OURS] !== true
}

/** Whether `routeTraced` stands in front of the method. */
export function isTracedHere(target: object, name: string): boolean {
  return (target as Record<string, Traced | undefined>)[name]?.[OURS] === true
}

/**
 * Puts `route` in front of a method that an instrumentation has just patched.
 *
 * It takes the patch's place, marks included, so that the instrumentation's own unpatching finds the original.
 */
export function routeTraced(target: object, name: string, route: Route): void {
  const methods = target as Record<string, Traced | undefined>
  const traced = methods[name]
  const original = traced?.__original
  if (traced === undefined || original === undefined || traced[OURS] === true) return
  const routed: Traced = function (this: object, ...args: unknown[]) {
    return route(this, args, traced, original)
  }
  const put = (value: Method): void => {
    Object.defineProperty(target, name, { configurable: true, enumerable: false, writable: true, value })
  }
  Object.defineProperties(routed, {
    name: { value: original.name },
    length: { value: original.length },
    __original: { value: original },
    __wrapped: { value: true },
    __unwrap: { value: () => methods[name] === routed && put(original) },
    [OURS]: { value: true },
  })
  put(routed)
}
