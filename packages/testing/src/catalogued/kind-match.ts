import type { AttributeValue } from '@throughline/core'

/** What stands for numbers that JSON lacks, and for values that may not or could not be read (R7.5, R7.11). */
const NUMBERS = new Set(['NaN', 'Infinity', '-Infinity'])
const STAND_IN = /^(?:\[REDACTED\]$|\[Circular\]$|\[Threw)/

/** The kind of a value as a record has it. */
export function kindOf(value: AttributeValue): string {
  if (!Array.isArray(value)) return typeof value
  return `${typeof value[0]}[]`
}

/** Whether a value of a record may come from an attribute of that kind of the catalogue. */
export function matchesKind(value: AttributeValue, kind: string): boolean {
  if (kind === 'unknown' || (typeof value === 'string' && STAND_IN.test(value))) return true
  if (kind === 'json') return typeof value === 'string' || Array.isArray(value)
  if (kind === 'number') return typeof value === 'number' || NUMBERS.has(value as string)
  if (!kind.endsWith('[]')) return typeof value === kind
  const list = listOf(value)
  return (
    list !== undefined &&
    (typeof value === 'string' || list.every((item) => matchesKind(item, kind.slice(0, -2))))
  )
}

/** A list that does not hold one kind alone is JSON in a record: one with more than 100 items says how many are left. */
function listOf(value: AttributeValue): readonly AttributeValue[] | undefined {
  if (Array.isArray(value)) return value as readonly AttributeValue[]
  if (typeof value !== 'string' || !value.startsWith('[')) return undefined
  try {
    return JSON.parse(value) as AttributeValue[]
  } catch {
    return undefined
  }
}
