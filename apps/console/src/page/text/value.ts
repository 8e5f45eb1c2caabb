import type { Value } from '../../shared/api.js'
import { manyLines } from './visible.js'

/** An attribute's value as text: strings bare, lists of plain values with commas, all else as JSON. */
export function valueText(value: Value): string {
  if (typeof value === 'string') return manyLines(value)
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return manyLines(value.map(String).join(', '))
  }
  return manyLines(JSON.stringify(value) ?? 'null')
}
