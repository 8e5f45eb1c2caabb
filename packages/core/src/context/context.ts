import { currentRuntime } from '../telemetry/current-runtime.js'
import { enterFrame } from '../tracing/enter.js'
import { currentFrame } from './current-frame.js'
import type { ContextFields } from './fields.js'
import { Frame } from './frame.js'
import { Scope } from './scope.js'

const NOTHING: Readonly<ContextFields> = Object.freeze({})

/**
 * Runs `fn` in a child scope that has `fields` over those already in force; what `fn` starts keeps it.
 *
 * An undefined value hides an inherited key. With `TELEMETRY_ENABLED=false` it only calls `fn` (R1.1, R3.1).
 *
 * @example
 * runWithContext({ 'tournament.id': 5 }, () => log.info('bracket_seeded'))
 */
export function runWithContext<T>(fields: ContextFields, fn: () => T): T {
  const runtime = currentRuntime()
  if (!runtime.config.enabled) return fn()
  const frame = currentFrame()
  const scope = new Scope(fields, frame?.scope, runtime.keys)
  return enterFrame(new Frame(scope, frame?.span, frame?.base), fn, undefined)
}

/**
 * Adds fields to the innermost scope; everything that shares the scope sees them, lines already started too.
 *
 * Inside a socket message `user.id` goes to the connection. Outside any scope it does nothing (R3.1, R6.2).
 *
 * @example
 * bindContext({ 'user.id': user.id })
 */
export function bindContext(fields: ContextFields): void {
  currentFrame()?.scope?.bind(fields)
}

/**
 * Takes keys out of the context from here on, inherited ones included; the outer scope keeps its own.
 *
 * @example
 * unbindContext('user.id')
 */
export function unbindContext(...keys: string[]): void {
  currentFrame()?.scope?.unbind(keys)
}

/**
 * The fields in force now, as a frozen snapshot; empty outside any scope.
 *
 * @example
 * getContext()['request.id']
 */
export function getContext(): Readonly<ContextFields> {
  const fields = currentFrame()?.scope?.merged()
  return fields === undefined ? NOTHING : Object.freeze({ ...fields })
}
