import { createContextKey } from '@opentelemetry/api'
import type { BaseContext } from '@throughline/core/binding'

const UNTRACED = createContextKey('throughline.untraced')

/** A context below which nothing makes spans: a mark on a span would not reach past the spans of others (R4.6). */
export function untracedBase(base: BaseContext | undefined): BaseContext {
  return { getValue: (key) => (key === UNTRACED ? true : base?.getValue(key)) }
}

export function isUntraced(context: BaseContext | undefined): boolean {
  return context?.getValue(UNTRACED) === true
}
