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
  // oxlint-disable-next-line typescript/unbound-method -- called on whatever it is called on
  const original = prototype.next
  prototype.next = function next(exception: Error, host: ArgumentsHost): void {
    note(exception, host)
    original.call(this, exception, host)
  }
}

function note(exception: unknown, host: ArgumentsHost): void {
  exchangeOf(host.getArgByIndex(0))?.fail(exception, isAnswer(exception))
}

/** Whether an exception is how the application says no, and not a failure of its own. */
function isAnswer(exception: unknown): boolean {
  try {
    return exception instanceof HttpException && exception.getStatus() < 500
  } catch {
    return false
  }
}
