import { EVENT_ATTRIBUTES, type PointAttribute } from '../names.js'
import { type AllowedValues, allowedValue } from '../settings/allowed-values.js'
import { boundedText } from './bounded-text.js'

/** Attributes of a data point: no others leave. */
export type PointAttributes = Readonly<Partial<Record<PointAttribute, string>>>

/**
 * What is let through of an event: surface, name, and four own keys of what it was given (U3).
 *
 * Undefined where surface or name is no text. A key that throws when it is read is left out.
 *
 * @example
 * pointAttributes('cli', 'cmd_run', { command: 'ls', email: 'a@example.com' }, new Map())
 * // { surface: 'cli', event: 'cmd_run', command: 'ls' }
 */
export function pointAttributes(
  surface: unknown,
  event: unknown,
  given: unknown,
  allowed: AllowedValues,
): PointAttributes | undefined {
  if (!isName(surface) || !isName(event)) return undefined
  // Without a prototype: a getter on Object.prototype would refuse the assignment.
  const attributes = Object.create(null) as Partial<Record<PointAttribute, string>>
  const add = (name: PointAttribute, value: unknown): void => {
    const text = boundedText(value)
    if (text !== undefined) attributes[name] = allowedValue(allowed, name, text)
  }
  add('surface', surface)
  add('event', event)
  for (const name of EVENT_ATTRIBUTES) add(name, ownValue(given, name))
  return attributes
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function ownValue(given: unknown, key: string): unknown {
  try {
    if (typeof given !== 'object' || given === null || !Object.hasOwn(given, key)) return undefined
    return (given as Record<string, unknown>)[key]
  } catch {
    return undefined
  }
}
