import { slot } from '../slot.js'
import type { Scope } from './scope.js'

/** Finds the scope in a Frame that an OpenTelemetry context manager handed back. */
export const SCOPE_KEY: unique symbol = Symbol.for('throughline.scope')
/** What of OpenTelemetry's Context a Frame stands on. */
export interface BaseContext {
  getValue(key: symbol): unknown
}

/**
 * What the one AsyncLocalStorage holds: our scope and OpenTelemetry's context in one immutable object.
 *
 * It has the three methods of OpenTelemetry's `Context`, so a unit of work costs one `run`, not two.
 */
export class Frame implements BaseContext {
  constructor(
    readonly scope: Scope | undefined,
    readonly span?: unknown,
    readonly base?: BaseContext,
  ) {}

  getValue(key: symbol): unknown {
    if (key === SCOPE_KEY) return this.scope
    if (key === slot.spanKey) return this.span
    return this.base?.getValue(key)
  }

  setValue(key: symbol, value: unknown): Frame {
    if (key === SCOPE_KEY) return new Frame(value as Scope, this.span, this.base)
    if (key === slot.spanKey) return new Frame(this.scope, value, this.base)
    return new Frame(this.scope, this.span, new Entry(key, value, without(key, this.base)))
  }

  deleteValue(key: symbol): Frame {
    return this.setValue(key, undefined)
  }
}

class Entry implements BaseContext {
  constructor(
    readonly key: symbol,
    readonly value: unknown,
    readonly base: BaseContext | undefined,
  ) {}

  getValue(key: symbol): unknown {
    return key === this.key ? this.value : this.base?.getValue(key)
  }
}

/** Each key stands once: work that sets it and starts its successor from within would pile them up. */
function without(key: symbol, base: BaseContext | undefined): BaseContext | undefined {
  if (!(base instanceof Entry)) return base
  if (base.key === key) return base.base
  const rest = without(key, base.base)
  return rest === base.base ? base : new Entry(base.key, base.value, rest)
}
