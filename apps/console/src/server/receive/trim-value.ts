import type { RECORD_LIMITS } from './limits.js'
import type { AnyValue, KeyValue } from './records.js'

/** What a record may still take; used up from its first field to its last. */
export class Allowance {
  #values: number
  #texts: number

  constructor(readonly limits: Readonly<Record<keyof typeof RECORD_LIMITS, number>>) {
    this.#values = limits.values
    this.#texts = limits.texts
  }

  /** Takes as many of `count` values as are left. */
  take(count: number): number {
    const taken = Math.min(count, this.#values)
    this.#values -= taken
    return taken
  }

  text(text: string): string {
    const length = Math.min(this.limits.text, this.#texts)
    this.#texts -= Math.min(text.length, length)
    return text.length <= length ? text : cut(text, length)
  }

  bytes(bytes: Uint8Array): Uint8Array {
    const length = Math.min(this.limits.text, this.#texts)
    this.#texts -= Math.min(bytes.length, length)
    return bytes.length <= length ? bytes : bytes.slice(0, length)
  }
}

/** A part of a text holds on to the whole of it: this is a copy. Half a surrogate pair becomes U+FFFD. */
function cut(text: string, length: number): string {
  return `${Buffer.from(text.slice(0, length)).toString()}…`
}

/** Cuts attributes to what is allowed; returns how many were left out. */
export function trimAttributes(attributes: KeyValue[], allowance: Allowance): number {
  const kept = allowance.take(Math.min(attributes.length, allowance.limits.attributes))
  const dropped = attributes.length - kept
  attributes.length = kept
  for (const entry of attributes) trimEntry(entry, allowance, 0)
  return dropped
}

export function trimValue(any: AnyValue, allowance: Allowance, depth = 0): void {
  const { value } = any
  if (value.case === 'stringValue') value.value = allowance.text(value.value)
  else if (value.case === 'bytesValue') value.value = allowance.bytes(value.value)
  else if (value.case === 'arrayValue' || value.case === 'kvlistValue') {
    if (depth >= allowance.limits.depth) {
      any.value = { case: 'stringValue', value: '…' }
      return
    }
    const { values } = value.value
    values.length = allowance.take(values.length)
    for (const item of values) {
      if ('key' in item) trimEntry(item, allowance, depth + 1)
      else trimValue(item, allowance, depth + 1)
    }
  }
}

function trimEntry(entry: KeyValue, allowance: Allowance, depth: number): void {
  entry.key = allowance.text(entry.key)
  if (entry.value !== undefined) trimValue(entry.value, allowance, depth)
}
