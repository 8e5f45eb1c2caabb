import { type Context, context as contextApi, ROOT_CONTEXT, type Span } from '@opentelemetry/api'
import { Frame, type Scope, slot } from '@throughline/core/binding'
import { registered } from './api-registry.js'
import { frameOf, isFrame } from './frame-context-manager.js'

/**
 * Runs `fn` in a frame, or outside any, by another set-up's context manager.
 *
 * Which one that is, is asked each time: it may be taken away, and another one put in its place.
 */
export function enterForeign<T>(frame: Frame | undefined, fn: () => T): T {
  const manager = registered().context
  return manager === undefined ? fn() : manager.with(frame ?? ROOT_CONTEXT, fn)
}

/**
 * The frame in force by another set-up's context manager: it follows the callbacks that were bound to it, and knows
 * of deeper spans. A context that is not one of our frames drops the span, not our fields (R3.1).
 */
export function activeForeign(): Frame | undefined {
  const stored = slot.storage.getStore()
  const context = registered().context?.active()
  if (context === undefined) return stored
  if (isFrame(context)) return context
  return stored === undefined && context === ROOT_CONTEXT ? undefined : frameOf(context)
}

/** A frame as the API takes it; what is active outside any. */
export function contextOf(frame: Frame | undefined): Context {
  return frame === undefined ? contextApi.active() : frame
}

/** A frame beside another one, not upon it: tasks that start their successors would pile them up. */
export function frameOn(scope: Scope | undefined, span: Span | undefined, context: Context): Frame {
  const base = isFrame(context) ? context.base : context
  return new Frame(scope, span, base)
}
