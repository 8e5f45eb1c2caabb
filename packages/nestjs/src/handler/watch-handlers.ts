import type { NestInterceptor } from '@nestjs/common'
import { InterceptorsConsumer } from '@nestjs/core/internal'
import type { Unit } from '@throughline/core'
import { isObservable, Observable } from 'rxjs'
import { shared } from '../shared.js'
import { enterHandler, requestOf } from './behind-guards.js'

/**
 * Steps in where Nest has passed the guards and comes to the interceptors, for every handler and resolver.
 *
 * A global interceptor would do, but as soon as there is one Nest builds an Observable chain for every request:
 * 10 us on Express with an interceptor that does nothing, 0.4 of what the whole request costs without it.
 */
export function watchHandlers(): void {
  const { prototype } = InterceptorsConsumer
  if (shared.watched.has(prototype)) return
  shared.watched.add(prototype)
  // oxlint-disable-next-line typescript/unbound-method -- called on whatever it is called on
  const original = prototype.intercept
  prototype.intercept = function intercept(interceptors, args, instance, callback, next, type) {
    if (type === 'rpc') {
      const first = shared.messageInterceptors.get(instance.constructor)
      const all: NestInterceptor[] = first === undefined ? interceptors : [first, ...interceptors]
      return original.call(this, all, args, instance, callback, next, type)
    }
    const unit = enterHandler(requestOf(type ?? 'http', args), instance.constructor, callback)?.unit
    if (unit === undefined || unit.active) {
      return original.call(this, interceptors, args, instance, callback, next, type)
    }
    return enterAgain(unit, () => original.call(this, interceptors, args, instance, callback, next, type))
  }
}

/** A middleware has lost the context or brought another request's: enter it, and again at the subscription. */
async function enterAgain(unit: Unit, proceed: () => Promise<unknown>): Promise<unknown> {
  const result = await unit.run(proceed)
  if (!isObservable(result)) return result
  return new Observable((subscriber) => unit.run(() => result.subscribe(subscriber)))
}
