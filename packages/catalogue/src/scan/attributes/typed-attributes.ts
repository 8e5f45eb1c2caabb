import { ts } from '../../engine/typescript.js'
import type { Property, Type } from '../../engine/engine.js'
import { type Attribute, eitherOf, optional } from './attribute-set.js'
import { EXCEPTION, isError } from './exception.js'
import { keyed, NOTHING, OPEN, type Reading } from './reading.js'

/** The attributes that an object of a type adds, where its type is all that is known (C5). */
export function readType(type: Type): Reading {
  switch (type.kind) {
    case 'any':
    case 'unknown':
    case 'nonprimitive':
      return OPEN
    case 'parameter':
      return type.constraint === undefined ? OPEN : readType(type.constraint)
    case 'union':
      return either(type.types.filter(({ kind }) => kind !== 'never').map(readType))
    case 'object':
      return isError(type) ? { attributes: EXCEPTION, isOpen: false } : readObject(type)
    default:
      return NOTHING
  }
}

/** The attributes of either of several objects. */
export function either(readings: readonly Reading[]): Reading {
  return {
    attributes: eitherOf(readings.map(({ attributes }) => attributes)),
    isOpen: readings.some(({ isOpen }) => isOpen),
  }
}

function readObject(type: Type): Reading {
  if (type.isCallable) return NOTHING
  if (type.elements !== undefined) return OPEN
  const attributes = new Map<string, Attribute>()
  for (const property of type.properties) {
    if (isOnPrototype(property)) continue
    const added = keyed(property.name, property.type)
    for (const [name, attribute] of property.isOptional ? optional(added) : added) {
      attributes.set(name, attribute)
    }
  }
  return { attributes, isOpen: type.isOpen }
}

/** Methods and accessors of a class are no keys of its instances. */
function isOnPrototype({ declarations }: Property): boolean {
  return declarations.some(
    (declaration) =>
      (ts.isMethodDeclaration(declaration) || ts.isAccessor(declaration)) &&
      ts.isClassLike(declaration.parent),
  )
}
