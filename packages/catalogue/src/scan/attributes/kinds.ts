import type { Type } from '../../engine/engine.js'
import type { Attribute } from './attribute-set.js'

/** What is written as a string although it is an object (R7.5); whatever has a `toJSON` is what that gives. */
const TEXTS = ['Date', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView']
const TYPED_ARRAY = /^(?:Buffer|(?:Int|Uint|Float|BigInt|BigUint)\d+(?:Clamped)?Array)$/

/** The kind of an attribute's value in an OpenTelemetry record; undefined for what never reaches one (R7.5). */
export function attributeOf(type: Type): Attribute | undefined {
  if (known.has(type)) return known.get(type)
  const kinds = new Set<string>()
  const isOptional = addKinds(type, kinds, 0)
  const attribute = kinds.size === 0 ? undefined : { kinds, isOptional }
  known.set(type, attribute)
  return attribute
}

const known = new WeakMap<Type, Attribute | undefined>()

/** Types that are their own constraint's or their own JSON's source are left at that depth. */
const DEEPEST = 8

/** @returns whether the value may be one that is left out */
function addKinds(type: Type, kinds: Set<string>, depth: number): boolean {
  switch (type.kind) {
    case 'never':
      return false
    case 'nullish':
    case 'symbol':
      return true
    case 'string':
    case 'bigint':
      kinds.add('string')
      return false
    case 'number':
    case 'boolean':
      kinds.add(type.kind)
      return false
    case 'literal':
      kinds.add(typeof type.value)
      return false
    case 'union':
      // Each member has to be seen: no short circuit.
      return type.types.map((member) => addKinds(member, kinds, depth + 1)).includes(true)
    case 'parameter':
      if (type.constraint !== undefined && depth < DEEPEST) return addKinds(type.constraint, kinds, depth + 1)
      kinds.add('unknown')
      return false
    case 'nonprimitive':
      kinds.add('json')
      return false
    case 'any':
    case 'unknown':
      kinds.add('unknown')
      return false
    default:
      return addObject(type, kinds, depth)
  }
}

function addObject(type: Type, kinds: Set<string>, depth: number): boolean {
  if (type.isCallable) return true
  const items =
    type.elements ??
    (type.ancestors.has('Set') || type.ancestors.has('ReadonlySet') ? type.arguments : undefined)
  if (items !== undefined) {
    kinds.add(depth < DEEPEST ? listKind(items) : 'json')
    return false
  }
  if (isText(type)) {
    kinds.add('string')
    return false
  }
  const json = type.property('toJSON')?.type.returned
  if (json !== undefined && depth < DEEPEST) return addKinds(json, kinds, depth + 1)
  kinds.add('json')
  return false
}

/** Lists in a list are JSON, and may contain themselves. Only a list of one primitive kind is native, and null in it makes it JSON. */
function listKind(items: readonly Type[]): string {
  const kinds = new Set<string>()
  const hasGaps = items.map((item) => addKinds(item, kinds, DEEPEST)).includes(true)
  const [kind] = kinds
  if (kinds.size !== 1 || hasGaps || kind === undefined) return 'json'
  if (kind === 'unknown') return 'unknown'
  return kind === 'json' ? kind : `${kind}[]`
}

function isText(type: Type): boolean {
  for (const name of type.ancestors) if (TEXTS.includes(name) || TYPED_ARRAY.test(name)) return true
  return false
}
