import type { AttributeKeys } from '../logger/attribute-keys.js'
import { cutString, plainValue } from '../logger/attribute-value.js'
import { fieldMembers } from '../logger/plain-json.js'
import { REDACTED } from '../logger/redaction.js'
import type { UnitState } from '../unit/unit-state.js'
import { type ContextFields, Fields, keysOf, type Scalar } from './fields.js'

/** Longest list in the context; `labels` of a path never come near it. */
const MOST_ITEMS = 64
/** Levels that see changes of the outer ones; a task that starts its successor from within would pile up more. */
const DEEPEST = 100

/**
 * One level of the context: its own fields over those of its parents.
 *
 * A change anywhere in a tree of scopes counts up its root's version, by which the copies that children
 * keep (the merged fields, their JSON) are known to be stale.
 */
export class Scope {
  readonly root: Scope
  readonly parent: Scope | undefined
  readonly depth: number
  #own = new Fields()
  version = 0
  /** Nothing of its own, as most scopes of messages: what the parent has made already will do. */
  #empty = true
  /** An undefined value among its own. */
  #hides = false
  #mergedAt = -1
  #merged: Readonly<Record<string, unknown>> = EMPTY
  #jsonAt = -1
  #json = ''

  /**
   * @param outer whose fields are inherited; beyond 100 levels as a copy
   * @param unit the unit of work that lines of this scope belong to
   * @param connection where a message's `user.id` is bound, so that later messages have it (R6.2)
   */
  constructor(
    fields: ContextFields | undefined,
    outer: Scope | undefined,
    readonly keys: AttributeKeys,
    readonly unit: UnitState | undefined = outer?.unit,
    private readonly connection?: Scope,
  ) {
    const tooDeep = outer !== undefined && outer.depth >= DEEPEST
    this.parent = tooDeep ? undefined : outer
    this.depth = this.parent === undefined ? 0 : this.parent.depth + 1
    this.root = this.parent?.root ?? this
    if (tooDeep) this.#put(outer.merged())
    if (fields !== undefined) this.#put(fields)
  }

  bind(fields: ContextFields): void {
    this.#put(fields, this.connection)
    this.root.version++
  }

  /** Hides the keys here and below, wherever they were bound. */
  unbind(keys: readonly string[]): void {
    const hidden = new Fields() as ContextFields
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
      this.#json = fieldMembers(this.merged(), this.keys)
    }
    return this.#json
  }

  #merge(): Record<string, unknown> {
    // Frozen from here on: the next change is made to a copy.
    if (this.parent === undefined && !this.#hides) return this.#own
    const merged = new Fields()
    if (this.parent !== undefined) Object.assign(merged, this.parent.merged())
    for (const key in this.#own) {
      const value = this.#own[key]
      if (value === undefined) delete merged[key]
      else merged[key] = value
    }
    return merged
  }

  #put(fields: ContextFields, connection?: Scope): void {
    if (this.#own === this.#merged) this.#own = Object.assign(new Fields(), this.#own)
    const names = keysOf(fields)
    for (const key of names) {
      const { name, reserved, redacted } = this.keys.share(key)
      // An explicit dotted key wins over its `__` spelling.
      if (reserved || (name !== key && names.includes(name))) continue
      const value = redacted ? REDACTED : read(fields, key, this.keys)
      if (name === 'user.id' && connection !== undefined) {
        connection.bind({ 'user.id': value as string })
      } else {
        this.#empty = false
        this.#hides ||= value === undefined
        this.#own[name] = value
      }
    }
  }
}

const EMPTY: Readonly<Record<string, unknown>> = Object.freeze(new Fields())

/** A getter or a proxy that throws leaves its key unbound. */
function read(fields: ContextFields, key: string, keys: AttributeKeys): unknown {
  try {
    return fieldValue(fields[key], key, keys)
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
