import { BaseWsExceptionFilter } from '@nestjs/websockets'
import { currentUnit } from '@throughline/core/binding'

const WATCHED: unique symbol = Symbol.for('@throughline/ws/exceptions')

interface Filter {
  handleUnknownError: (this: unknown, ...args: unknown[]) => unknown
  [WATCHED]?: true
}

/**
 * Ends the message as failed when its handler's error is not a WsException and no filter of the application took
 * it: what a client is told as "Internal server error".
 *
 * Nest swallows the error of a handler in its exception filters, and an adapter is given none of them; this method
 * of its public filter is the only place where the error can be seen.
 */
export function watchHandlerFailures(): void {
  const filter = BaseWsExceptionFilter.prototype as unknown as Filter
  const original = filter.handleUnknownError
  if (filter[WATCHED] === true || typeof original !== 'function') return
  Object.defineProperty(filter, WATCHED, { value: true })
  filter.handleUnknownError = function handleUnknownError(exception, client, cause) {
    try {
      return original.call(this, exception, client, cause)
    } finally {
      currentUnit('message')?.end({ outcome: 'error', error: exception })
    }
  }
}
