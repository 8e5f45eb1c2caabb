import type { AttributeKeys } from '../logger/attribute-keys.js'
import { Fields } from '../context/fields.js'
import { labelsWithIds, type LabelTable } from '../labels/labels.js'
import { cutString } from '../logger/attribute-value.js'
import { REDACTED } from '../logger/redaction.js'

const MOST_ENTRIES = 64
const LONGEST_VALUE = 256

/** Our own vocabulary: a stranger's `baggage: user.id=1` names nobody (R3.2, R7.6). */
const VOCABULARY = /^(?:request\.id|user\.id|labels|ws\.conn_id|job\.(?:id|name|queue|attempt))$/

/** Turns baggage into attributes by the allow-list of names; `*` is all of them. */
export function createBaggageFilter(names: readonly string[], keys: AttributeKeys, labels?: LabelTable) {
  const ids = new Set(labels === undefined ? [] : labelsWithIds(labels).map((label) => `${label}.id`))
  const allowed = names.includes('*') ? undefined : new Set(names)
  return (entries: Iterable<[string, string]>): Record<string, string> => {
    const attributes = new Fields() as Record<string, string>
    let left = MOST_ENTRIES
    for (const [key, value] of entries) {
      if (allowed !== undefined && !allowed.has(key)) continue
      const { name, reserved, redacted } = keys.of(key)
      if (reserved || VOCABULARY.test(name) || ids.has(name)) continue
      if (left-- === 0) break
      attributes[name] = redacted ? REDACTED : cutString(String(value), LONGEST_VALUE)
    }
    return attributes
  }
}
