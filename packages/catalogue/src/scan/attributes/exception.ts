import type { Type } from '../../engine/engine.js'
import type { Attribute, AttributeSet } from './attribute-set.js'
import { optional } from './attribute-set.js'
import { attributeOf } from './kinds.js'

const TEXT: Attribute = { kinds: new Set(['string']), isOptional: false }

/** What the runtime writes of an Error (R7.5). */
export const EXCEPTION: AttributeSet = new Map([
  ['exception.type', TEXT],
  ['exception.message', TEXT],
  ['exception.stacktrace', TEXT],
])

const WITHOUT_STACK: AttributeSet = new Map([...EXCEPTION].filter(([name]) => !name.endsWith('stacktrace')))

/** What `exception()` writes of whatever was thrown: only what is certainly no Error has no stack trace. */
export function thrownAttributes(type: Type): AttributeSet {
  return ['string', 'number', 'boolean', 'bigint', 'literal', 'nullish'].includes(type.kind)
    ? WITHOUT_STACK
    : EXCEPTION
}

/** What is written of a value under `error` or `err`: an Error spreads out, anything else stands under its key. */
export function errorAttributes(key: string, type: Type): AttributeSet {
  const members = membersOf(type)
  const errors = members.filter(isError)
  const others = members.filter((member) => !isError(member))
  const found = new Map<string, Attribute>()
  if (errors.length > 0 || others.some(mayBeError)) {
    const certain = others.length === 0
    for (const [name, attribute] of certain ? EXCEPTION : optional(EXCEPTION)) found.set(name, attribute)
  }
  const kinds = new Set(others.flatMap((member) => [...(attributeOf(member)?.kinds ?? [])]))
  const isOptional =
    errors.length > 0 || others.some((member) => mayBeError(member) || attributeOf(member) === undefined)
  if (kinds.size > 0) found.set(key, { kinds, isOptional })
  return found
}

/** Whether a type is an Error or extends one. */
export function isError(type: Type): boolean {
  return type.kind === 'object' && type.ancestors.has('Error')
}

/** What `catch` gives: nobody knows before it is looked at. */
function mayBeError(type: Type): boolean {
  return type.kind === 'any' || type.kind === 'unknown' || type.kind === 'nonprimitive'
}

function membersOf(type: Type): readonly Type[] {
  if (type.kind === 'union') return type.types.flatMap(membersOf)
  if (type.kind === 'parameter') return type.constraint === undefined ? [type] : membersOf(type.constraint)
  return [type]
}
