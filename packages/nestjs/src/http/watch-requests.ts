import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AbstractHttpAdapter } from '@nestjs/core'
import { runUnit } from '@throughline/core'
import {
  clientAddress,
  incomingFields,
  incomingTrace,
  isLogExcluded,
  type Settings,
  urlPath,
} from '@throughline/core/binding'
import { shared } from '../shared.js'
import { watchEvents } from './events.js'
import { Exchange, exchangeOf } from './exchange.js'
import { keepRequestId } from './request-id-header.js'
import { endWithConnection } from './pipelined.js'
import { watchExceptions } from './watch-exceptions.js'
import { watchRoutes } from './watch-routes.js'

type Hook = (request: WithRaw, response: WithRaw, done: (error?: unknown) => void) => unknown
/** A request or response: Fastify's have Node's below them. */
type WithRaw = { raw?: unknown }

/** What of an adapter is replaced; Nest gives it one hook at the very front. */
interface Hooked {
  setOnRequestHook(hook: Hook | undefined): void
  onRequestHook?: Hook
}

/**
 * Opens the context of each request at the adapter's first hook: before CORS, CSRF protection, middleware and the
 * body parser, on Express and Fastify alike (R4.1). A hook that the application sets runs inside.
 */
export function watchRequests(adapter: AbstractHttpAdapter, settings: Settings): void {
  // Applications may share an adapter: a request is opened once.
  if (shared.adapters.has(adapter)) return
  shared.adapters.add(adapter)
  watchExceptions()
  if (adapter.getType() !== 'fastify') watchRoutes(adapter)
  const hooked = adapter as unknown as Hooked
  let inner = hooked.onRequestHook
  hooked.setOnRequestHook(function opened(this: unknown, request, response, done) {
    open(request, response, settings, () =>
      inner === undefined ? done() : inner.call(this, request, response, done),
    )
  })
  hooked.setOnRequestHook = (hook) => {
    inner = hook
  }
}

function open(request: WithRaw, reply: WithRaw, settings: Settings, proceed: () => unknown): unknown {
  const raw = (request.raw ?? request) as IncomingMessage & { originalUrl?: string }
  const response = (reply.raw ?? reply) as ServerResponse
  // Of nested applications the outer one has opened it.
  if (exchangeOf(raw) !== undefined) return proceed()
  const { headers, socket } = raw
  const url = raw.originalUrl ?? raw.url ?? '/'
  const incoming = { headers, url, remoteAddress: socket.remoteAddress }
  const fields = incomingFields(incoming, settings)
  const path = urlPath(url)
  const trace = incomingTrace(raw, incoming, path, settings)
  keepRequestId(response, fields['request.id'] as string)
  return runUnit(
    {
      kind: 'http',
      name: raw.method ?? 'GET',
      fields,
      manualEnd: true,
      // What was active when the server started to listen is not this request's.
      detached: true,
      carrier: trace?.carrier,
      trusted: trace?.trusted,
      untraced: trace?.untraced,
      span: trace?.span,
      quiet: isLogExcluded(path),
    },
    (unit) => {
      const client = clientAddress(incoming, settings)
      const exchange = new Exchange(unit, raw, response, request, settings, path, client)
      watchEvents(raw, response)
      if (response.socket === null) endWithConnection(socket, exchange)
      return proceed()
    },
  )
}
