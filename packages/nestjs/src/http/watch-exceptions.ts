import { type ArgumentsHost, HttpException } from '@nestjs/common'
import { ExceptionsHandler } from '@nestjs/core/exceptions/exceptions-handler.js'
import { shared } from '../shared.js'
import { exchangeOf } from './exchange.js'

/**
 * Notes each exception with its request as it reaches Nest's exception layer, and changes nothing of it.
 *
 * Errors of middleware, guards, pipes, handlers, filters and of the body parser all pass here; an interceptor sees
 * a part of them, and a filter of our own would stand in the way of the application's.
 */
export function watchExceptions(): void {
  const { prototype } = ExceptionsHandler
  if (shared.watched.has(prototype)) return
  shared.watched.add(prototype)
  const original = prototype.next
  prototype.next = function next(exception: Error, host: ArgumentsHost): void {
    note(exception, host)
    original.call(this, exception, host)
  }
}

function note(exception: unknown, host: ArgumentsHost): void {
  const isAnswer = exception instanceof HttpException && exception.getStatus() < 500
  exchangeOf(host.getArgByIndex(0))?.fail(exception, isAnswer)
}
