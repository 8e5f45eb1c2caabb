import { type ContextValue, type Kind, type Value } from '../../shared/api.js'
import { textOf } from '../record/value.js'

interface Bearer {
  readonly row: number
  readonly kind: Kind
  readonly at: number
}

/** Collects the values of the context and the rows that carry them. */
export class ContextValues {
  readonly #values = new Map<string, { key: string; value: Value; rows: number[]; first: Bearer }>()

  constructor(private readonly keys: ReadonlySet<string>) {}

  add(attributes: ReadonlyMap<string, Value>, bearer: Bearer): void {
    for (const key of this.keys) {
      const value = attributes.get(key)
      if (value === undefined || value === null) continue
      const id = `${key}\n${textOf(value)}`
      const known = this.#values.get(id)
      if (known === undefined) this.#values.set(id, { key, value, rows: [bearer.row], first: bearer })
      else {
        known.rows.push(bearer.row)
        // A unit is the better witness of two records of one moment, and it comes first.
        if (bearer.at < known.first.at) known.first = bearer
      }
    }
  }

  /** In the order of the keys, then of their first appearance. */
  list(): ContextValue[] {
    const order = [...this.keys]
    return [...this.#values.values()].toSorted(
      (a, b) =>
        order.indexOf(a.key) - order.indexOf(b.key) || a.first.at - b.first.at || a.first.row - b.first.row,
    )
  }
}
