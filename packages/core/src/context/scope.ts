import { jsonMembers } from '../logger/json.js'
import type { AttributeKeys } from '../logger/attribute-keys.js'
import { cutString, plainValue } from '../logger/attribute-value.js'
import { REDACTED } from '../logger/redaction.js'
import type { UnitState } from '../unit/unit.js'
import { type ContextFields, Fields, keysOf, type Scalar } from './fields.js'

/** Longest list in the context; `labels` of a path never come near it. */
const MOST_ITEMS = 64

/**
 * One level of the context: its own fields over those of its parents.
 *
 * A change anywhere in a tree of scopes counts up its root's version, by which the copies that children
 * keep (the merged fields, their JSON) are known to be stale.
 */
export class Scope {
  readonly root: Scope
  readonly own = new Fields()
  version = 0
  /** Nothing of its own, as most scopes of messages: what the parent has made already will do. */
  #empty = true
  #mergedAt = -1
  #merged: Readonly<Record<string, unknown>> = EMPTY
  #jsonAt = -1
  #json = ''

  /**
   * @param unit the unit of work that lines of this scope belong to
   * @param connection where a message's `user.id` is bound, so that later messages have it (R6.2)
   */
  constructor(
    fields: ContextFields | undefined,
    readonly parent: Scope | undefined,
    private readonly keys: AttributeKeys,
    readonly unit: UnitState | undefined = parent?.unit,
    private readonly connection?: Scope,
  ) {
    this.root = parent?.root ?? this
    if (fields !== undefined) this.#put(fields)
  }

  bind(fields: ContextFields): void {
    if (this.connection !== undefined && keysOf(fields).includes('user.id')) {
      const { 'user.id': userId, ...rest } = fields
      this.connection.bind({ 'user.id': userId })
      this.#put(rest)
    } else {
      this.#put(fields)
    }
    this.root.version++
  }

  /** Hides the keys here and below, wherever they were bound. */
  unbind(keys: readonly string[]): void {
    const hidden: ContextFields = {}
    for (const key of keys) hidden[key] = undefined
    this.bind(hidden)
  }

  /** All fields in force, frozen. */
  merged(): Readonly<ContextFields> {
    if (this.#empty && this.parent !== undefined) return this.parent.merged()
    if (this.#mergedAt !== this.root.version) {
      this.#mergedAt = this.root.version
      this.#merged = Object.freeze(this.#merge())
    }
    return this.#merged as Readonly<ContextFields>
  }

  /** The members of `merged()` as they stand in a JSON line, each behind a comma. */
  json(): string {
    if (this.#empty && this.parent !== undefined) return this.parent.json()
    if (this.#jsonAt !== this.root.version) {
      this.#jsonAt = this.root.version
      this.#json = jsonMembers(this.merged())
    }
    return this.#json
  }

  #merge(): Record<string, unknown> {
    const merged = new Fields()
    if (this.parent !== undefined) Object.assign(merged, this.parent.merged())
    for (const key in this.own) {
      const value = this.own[key]
      if (value === undefined) delete merged[key]
      else merged[key] = value
    }
    return merged
  }

  #put(fields: ContextFields): void {
    for (const key of keysOf(fields)) {
      const known = this.keys.share(key)
      if (known.reserved) continue
      this.#empty = false
      this.own[known.name] = known.redacted ? REDACTED : fieldValue(read(fields, key), key, this.keys)
    }
  }
}

const EMPTY: Readonly<Record<string, unknown>> = Object.freeze(new Fields())

/** A getter that throws leaves its key unbound. */
function read(fields: ContextFields, key: string): unknown {
  try {
    return fields[key]
  } catch {
    return undefined
  }
}

/** A scalar, a frozen list of scalars, or the nearest thing to it; undefined hides the key. */
function fieldValue(value: unknown, key: string, keys: AttributeKeys): unknown {
  if (Array.isArray(value)) {
    return Object.freeze(value.slice(0, MOST_ITEMS).map((item) => scalar(item, key, keys) ?? ''))
  }
  return scalar(value, key, keys)
}

function scalar(value: unknown, key: string, keys: AttributeKeys): Scalar | undefined {
  if (typeof value === 'string') return cutString(value)
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  if (value === null || value === undefined) return undefined
  const plain = plainValue(value, key, keys)
  return typeof plain === 'object' ? JSON.stringify(plain) : (plain as Scalar | undefined)
}
