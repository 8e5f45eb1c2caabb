import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Exchange, exchangeOf } from './exchange.js'

type Emit = (this: unknown, ...args: unknown[]) => boolean

/**
 * Lets listeners of a request's body and of its response run in its context, and ends the exchange with the
 * response (R4.3, R4.4).
 *
 * Node emits `data` and `end` of a body, and `close` of a response whose client left, in the connection's context.
 * One function serves all requests and another all responses: no closure and no listener for each.
 */
export function watchEvents(request: IncomingMessage, response: ServerResponse): void {
  response.emit = emitResponse as typeof response.emit
  const { headers } = request
  // The others have no body and pay nothing.
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
    request.emit = emitRequest as typeof request.emit
  }
}

function emitRequest(this: IncomingMessage, ...args: unknown[]): boolean {
  return emitInside(exchangeOf(this), this, args)
}

function emitResponse(this: ServerResponse, ...args: unknown[]): boolean {
  const exchange = exchangeOf(this.req)
  if (args[0] === 'close') exchange?.end()
  else if (args[0] === 'finish') exchange?.finish()
  return emitInside(exchange, this, args)
}

function emitInside(exchange: Exchange | undefined, emitter: object, args: unknown[]): boolean {
  const { emit } = Object.getPrototypeOf(emitter) as { emit: Emit }
  const unit = exchange?.unit
  return unit === undefined || unit.active
    ? emit.apply(emitter, args)
    : unit.run(() => emit.apply(emitter, args))
}
