import { Fields } from '../context/fields.js'
import type { AttributeKeys } from './attribute-keys.js'
import { addAttributes } from './attributes.js'
import { fieldMembers } from './plain-json.js'

/** Attributes of a `bind`, in the form in which lines need them; made once for the settings in force. */
interface Prepared {
  readonly keys: AttributeKeys
  readonly fields: Readonly<Record<string, unknown>>
  readonly names: readonly string[]
  readonly json: string
}

/** What `bind` adds to a logger's lines. Immutable; a logger may be bound long before `initTelemetry`. */
export class BoundAttributes {
  #prepared: Prepared | undefined

  constructor(private readonly raw: Readonly<Record<string, unknown>>) {}

  with(attrs: object): BoundAttributes {
    const raw = new Fields()
    Object.assign(raw, this.raw)
    try {
      Object.assign(raw, attrs)
    } catch {
      // A getter threw: what was read before it is kept.
    }
    return new BoundAttributes(raw)
  }

  prepare(keys: AttributeKeys): Prepared {
    if (this.#prepared?.keys !== keys) {
      const fields = new Fields()
      addAttributes(fields, this.raw, keys)
      for (const name in fields) keys.share(name)
      this.#prepared = { keys, fields, names: Object.keys(fields), json: fieldMembers(fields, keys) }
    }
    return this.#prepared
  }
}

export const NOTHING_BOUND = new BoundAttributes(new Fields())
