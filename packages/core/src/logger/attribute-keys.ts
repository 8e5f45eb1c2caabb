import { json } from './json.js'
import type { Redaction } from './redaction.js'

/** Fields of the record itself: an attribute of that name is left out (R7.4). */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  'event',
  'level',
  'timestamp',
  'logger',
  'trace_id',
  'span_id',
])

/** Keys beyond this many are worked out anew each time: keys made from data must not grow the table. */
const MOST_KEYS = 2_000

/** A key longer than this is cut: a name is not a place for data. */
const LONGEST_KEY = 256

/** What is known of one attribute key. */
export interface AttributeKey {
  /** As it is written: interior `__` is `.` (R7.9). */
  readonly name: string
  readonly reserved: boolean
  readonly redacted: boolean
  /** Neither reserved, redacted nor renamed: may be serialised as it stands. */
  readonly plain: boolean
  /** The name as it stands in a JSON line, colon included. */
  readonly json: string
  /** Has been a context, bound or baggage key, so that a line has to look for a collision. */
  shared: boolean
}

/** Remembers for each attribute key what is to be done with it, so that a line asks one Map. */
export class AttributeKeys {
  readonly #known = new Map<string, AttributeKey>()

  constructor(
    private readonly redaction: Redaction,
    private readonly dunder: boolean,
  ) {}

  /** The known key, or undefined when it has to be worked out by `of`. */
  peek(key: string): AttributeKey | undefined {
    return this.#known.get(key)
  }

  of(key: string): AttributeKey {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const kept = this.#known.size < MOST_KEYS && key.length <= LONGEST_KEY
    const made = this.#make(key, !kept)
    if (kept) this.#known.set(key, made)
    return made
  }

  /** Whether members of nested values need their path for `isSecret`. */
  get needsPaths(): boolean {
    return this.redaction.hasPaths
  }

  /** Whether a member of a nested value is a secret, by its key, or by its path where paths were named. */
  isSecret(key: string, path: string): boolean {
    return this.of(key).redacted || (this.redaction.hasPaths && this.redaction.redacts(path))
  }

  /** As `of`, for a key that lines may collide with. */
  share(key: string): AttributeKey {
    const known = this.of(key)
    known.shared = true
    if (known.name !== key) this.of(known.name).shared = true
    return known
  }

  /** @param shared nobody will remember whether it is, so that lines must look */
  #make(key: string, shared: boolean): AttributeKey {
    const cut = key.length > LONGEST_KEY ? key.slice(0, LONGEST_KEY) : key
    const name = this.dunder ? dottedKey(cut) : cut
    const reserved = RESERVED_KEYS.has(name)
    // The whole key tells: what is cut off may be `.password`.
    const redacted = this.redaction.redacts(this.dunder ? dottedKey(key) : key)
    const plain = !reserved && !redacted && name === key
    return { name, reserved, redacted, plain, json: `${json(name)}:`, shared }
  }
}

/** Interior runs of two underscores become a dot; leading and trailing ones stay (R7.9). */
export function dottedKey(key: string): string {
  return key.includes('__') ? key.replace(/(?<=[^_])__(?=[^_])/g, '.') : key
}
