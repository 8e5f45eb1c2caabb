import { dottedKey, RESERVED_KEYS } from '@throughline/core/binding'
import type { Type } from '../../engine/engine.js'
import { type Attribute, type AttributeSet, NO_ATTRIBUTES } from './attribute-set.js'
import { errorAttributes } from './exception.js'
import { attributeOf } from './kinds.js'

/** What an object of attributes holds. */
export interface Reading {
  /** By key as it was given: renaming comes last, because an explicit dotted key wins (R7.9). */
  readonly attributes: AttributeSet
  /** Whether it may have keys that are not known. */
  readonly isOpen: boolean
}

export const NOTHING: Reading = { attributes: NO_ATTRIBUTES, isOpen: false }
export const OPEN: Reading = { attributes: NO_ATTRIBUTES, isOpen: true }

/** The attributes as records have them, and the keys that never become one (R7.4, R7.9). */
export interface Written {
  readonly attributes: AttributeSet
  readonly reserved: readonly string[]
  readonly isOpen: boolean
}

/** What the runtime makes of the keys of a reading. */
export function written({ attributes, isOpen }: Reading): Written {
  const found = new Map<string, Attribute>()
  const reserved: string[] = []
  for (const [key, attribute] of attributes) {
    const name = dottedKey(key)
    if (RESERVED_KEYS.has(name)) reserved.push(key)
    else if (name === key || !attributes.has(name)) found.set(name, attribute)
  }
  return { attributes: found, reserved: reserved.toSorted(), isOpen }
}

/** What one key with a value of a type adds. */
export function keyed(key: string, type: Type): AttributeSet {
  if (key === 'error' || key === 'err') return errorAttributes(key, type)
  const attribute = attributeOf(type)
  return attribute === undefined ? NO_ATTRIBUTES : new Map([[key, attribute]])
}
