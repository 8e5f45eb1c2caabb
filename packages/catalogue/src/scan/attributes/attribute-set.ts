import { formatKinds } from '../../kinds.js'

/** What is known of one attribute. */
export interface Attribute {
  /** Kinds as a catalogue names them. */
  readonly kinds: ReadonlySet<string>
  /** Whether it may be missing. */
  readonly isOptional: boolean
}

/** Attributes by the name under which they are written. */
export type AttributeSet = ReadonlyMap<string, Attribute>

export const NO_ATTRIBUTES: AttributeSet = new Map()

/** The attributes of either of several branches: those that not all have are optional. */
export function eitherOf(sets: readonly AttributeSet[]): AttributeSet {
  if (sets.length === 1) return sets[0] ?? NO_ATTRIBUTES
  const found = new Map<string, Attribute>()
  for (const set of sets) {
    for (const [name, attribute] of set) found.set(name, joined(found.get(name), attribute))
  }
  for (const [name, { kinds, isOptional }] of found) {
    if (!isOptional && !sets.every((set) => set.has(name))) found.set(name, { kinds, isOptional: true })
  }
  return found
}

/** Attributes with others written over them: one that may be missing leaves what was there. */
export function overlaid(below: AttributeSet, above: AttributeSet): AttributeSet {
  if (below.size === 0) return above
  const found = new Map(below)
  for (const [name, attribute] of above) {
    const known = attribute.isOptional ? found.get(name) : undefined
    const optional = known?.isOptional ?? attribute.isOptional
    found.set(name, { kinds: joined(known, attribute).kinds, isOptional: optional })
  }
  return found
}

/** The same attributes, each of which may be missing. */
export function optional(set: AttributeSet): AttributeSet {
  return new Map([...set].map(([name, { kinds }]) => [name, { kinds, isOptional: true }]))
}

/** Kinds as a catalogue shows them: sorted, and `?` behind those that may be missing (C5). */
export function attributeText({ kinds, isOptional }: Attribute): string {
  return formatKinds({ names: [...kinds], optional: isOptional })
}

function joined(one: Attribute | undefined, other: Attribute): Attribute {
  if (one === undefined) return other
  return {
    kinds: new Set([...one.kinds, ...other.kinds]),
    isOptional: one.isOptional || other.isOptional,
  }
}
