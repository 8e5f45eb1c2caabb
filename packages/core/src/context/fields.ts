/** A context value as it is carried and logged. */
export type Scalar = string | number | boolean

/** The context: OpenTelemetry-style dotted keys with scalar values or lists of them (R3.2). */
export type ContextFields = {
  'request.id'?: string | undefined
  'user.id'?: string | number | undefined
  labels?: readonly string[] | undefined
  [key: string]: Scalar | readonly Scalar[] | undefined
}

/**
 * A record of fields without a prototype, so that `__proto__` is a key like any other (R7.4).
 *
 * `Object.create(null)` would give a dictionary-mode object, slow to copy and to serialise.
 */
export const Fields = function Fields() {} as unknown as { new (): Record<string, unknown> }
Fields.prototype = Object.create(null)

/** The own enumerable keys of what a caller gave; none where a proxy refuses to tell. Never throws. */
export function keysOf(source: object): string[] {
  try {
    return Object.keys(source)
  } catch {
    return []
  }
}
