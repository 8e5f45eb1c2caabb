import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import { resolveRequestId, runUnit, type Unit } from '@throughline/core'
import { Observable, type Subscriber } from 'rxjs'
import { labelsOf } from '../labels/labels.js'
import { enterHandler, requestOf } from './behind-guards.js'

/** Executions whose message has its unit: the interceptor may be there twice. */
const opened = new WeakSet<ExecutionContext>()

/**
 * Adds to a request's context what is known behind the guards, and opens a unit of work for a microservice
 * message (R4.1, R4.7).
 *
 * With `TelemetryModule` there is no need to register it: the module does the same for every controller and
 * resolver. It is public for executions that Nest does not know of, such as a strategy with contexts of its own.
 *
 * @example
 * microservice.useGlobalInterceptors(app.get(TelemetryInterceptor))
 */
@Injectable()
export class TelemetryInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const type = context.getType<string>()
    if (type === 'rpc') return openMessage(context, next)
    const unit = enterHandler(
      requestOf(type, context.getArgs()),
      context.getClass(),
      context.getHandler(),
    )?.unit
    if (unit === undefined || unit.active) return next.handle()
    return new Observable((subscriber) => unit.run(() => next.handle().subscribe(subscriber)))
  }
}

/** A message carries no context of ours, so it starts one; what was active when the server connected is not its. */
function openMessage(context: ExecutionContext, next: CallHandler): Observable<unknown> {
  if (opened.has(context)) return next.handle()
  opened.add(context)
  const labels = labelsOf(context.getClass(), context.getHandler())
  const name = `${context.getClass().name}.${context.getHandler().name}`
  const span = isEvent(context.getHandler()) ? CONSUMED : SERVED
  return new Observable((subscriber) => {
    const fields = { 'request.id': resolveRequestId(undefined), ...(labels.length > 0 && { labels }) }
    return runUnit({ kind: 'task', name, fields, manualEnd: true, detached: true, span }, (unit) =>
      subscribeAndEnd(next, unit, subscriber),
    )
  })
}

/** A message that is answered is a remote call, an event is consumed. */
const SERVED = { kind: 'server' } as const
const CONSUMED = { kind: 'consumer' } as const

/** Where `@EventPattern` and `@MessagePattern` say which of the two they are; by value, since microservices are optional. */
const HANDLER_TYPE = 'microservices:handler_type'
const EVENT = 2

function isEvent(handler: object): boolean {
  return Reflect.getMetadata(HANDLER_TYPE, handler) === EVENT
}

/** Passes everything on, unsubscription too, and ends the unit with the message. */
function subscribeAndEnd(next: CallHandler, unit: Unit, subscriber: Subscriber<unknown>): () => void {
  const inner = next.handle().subscribe({
    next: (value) => subscriber.next(value),
    error: (error: unknown) => {
      unit.end({ outcome: 'error', error })
      subscriber.error(error)
    },
    complete: () => {
      unit.end({ outcome: 'ok' })
      subscriber.complete()
    },
  })
  return () => {
    inner.unsubscribe()
    unit.end({ outcome: 'aborted' })
  }
}
