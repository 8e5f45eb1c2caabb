import { type Context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { type BaseContext, Frame, type Scope, SCOPE_KEY, slot } from '@throughline/core/binding'

/** A frame is a context; by shape, because there may be two copies of core. */
export function isFrame(context: unknown): context is Frame {
  return typeof context === 'object' && context !== null && 'scope' in context && 'span' in context
}

/** The frame that an OpenTelemetry context stands for: without a scope of its own it keeps the current one. */
export function frameOf(context: BaseContext): Frame {
  if (isFrame(context)) return context
  const scope = (context.getValue(SCOPE_KEY) as Scope | undefined) ?? slot.storage.getStore()?.scope
  return new Frame(scope, trace.getSpan(context as Context), context)
}

/**
 * OpenTelemetry's context manager over core's AsyncLocalStorage: a unit of work is entered once, for both.
 *
 * The official one does the binding of functions and emitters; its own storage stays unused.
 */
export class FrameContextManager extends AsyncLocalStorageContextManager {
  override active(): Context {
    return (slot.storage.getStore() as Context | undefined) ?? ROOT_CONTEXT
  }

  override with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    const frame = frameOf(context)
    if (thisArg === undefined || thisArg === null) return slot.storage.run(frame, fn, ...args)
    return slot.storage.run(frame, () => Reflect.apply<typeof thisArg, A, ReturnType<F>>(fn, thisArg, args))
  }

  /** For the rest of the current chain of calls, until the token is disposed of (since API 1.10). */
  override attach(context: Context): { dispose(): void } {
    const before = slot.storage.getStore()
    let attached = true
    slot.storage.enterWith(frameOf(context))
    return {
      dispose() {
        if (attached) slot.storage.enterWith(before as Frame)
        attached = false
      },
    }
  }

  /** Core's storage goes on. */
  override disable(): this {
    return this
  }
}
