import type { AttributeSet } from '../attributes/attribute-set.js'

/** Why the domain of a logger is not known. */
export type Obscurity = 'unknown' | 'generic' | 'erased'

/** One logger that a receiver may be at run time. */
export interface Origin {
  /** Sorted; the empty text is the bare domain. */
  readonly domains: readonly string[] | Obscurity
  /** What is bound, by key as it was given. */
  readonly bound: AttributeSet
  /** Whether its type lets it be bound to keys that are not known, and no `bind` was seen that says so. */
  readonly isOpen: boolean
}

/** Whether the domain of a logger is known. */
export function isKnown(origin: Origin): origin is Origin & { readonly domains: readonly string[] } {
  return typeof origin.domains !== 'string'
}
