import { bindContext, getContext } from '@throughline/core'
import { type Exchange, exchangeOf } from '../http/exchange.js'
import { labelsOf } from '../labels/labels.js'

/** The kinds of execution that belong to an HTTP request, and where each has the request. */
export function requestOf(type: string, args: readonly unknown[]): unknown {
  switch (type) {
    case 'http':
      return args[0]
    case 'graphql':
      return requestOfGraphql(args[2])
    default:
      return undefined
  }
}

/** Adds to a request's context what is known behind its guards: `user.id` and the labels of `@Labels` (R4.1). */
export function enterHandler(request: unknown, owner: object, handler: object): Exchange | undefined {
  const exchange = exchangeOf(request)
  if (exchange === undefined) return undefined
  exchange.identify(request)
  const labels = labelsOf(owner, handler)
  if (labels.length > 0) addLabels(exchange, labels)
  return exchange
}

function addLabels({ unit }: Exchange, more: readonly string[]): void {
  unit.run(() => {
    const labels = getContext().labels ?? []
    const missing = more.filter((label) => !labels.includes(label))
    if (missing.length > 0) bindContext({ labels: [...labels, ...missing] })
  })
}

/** Apollo's context has `req`, Mercurius's has the reply of Fastify. */
function requestOfGraphql(context: unknown): unknown {
  const { req, request, reply } = (context ?? {}) as {
    req?: unknown
    request?: unknown
    reply?: { request?: unknown }
  }
  return req ?? request ?? reply?.request
}
