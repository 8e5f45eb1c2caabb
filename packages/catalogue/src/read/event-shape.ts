import type { CatalogueEvent } from '../catalogue.js'
import { parseKinds } from '../kinds.js'
import { isLevel } from '../levels.js'

/** An event of a parsed file, or what is wrong with it. */
export function eventFrom(value: unknown): CatalogueEvent | string {
  if (!isObject(value)) return 'is not an object'
  const { name, level, attributes, locations } = value
  if (typeof name !== 'string') return 'has no name'
  if (!isLevel(level)) return `has no level of trace to fatal: ${JSON.stringify(level)}`
  if (!isObject(attributes)) return 'has no attributes'
  if (!isTextList(locations)) return 'has no locations'
  const wrong = Object.entries(attributes).find(([, kinds]) => !isKinds(kinds))
  if (wrong !== undefined) return `has an attribute ${JSON.stringify(wrong[0])} of no kind that is known`
  return { name, level, attributes: attributes as Record<string, string>, locations }
}

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isKinds(value: unknown): boolean {
  return typeof value === 'string' && parseKinds(value) !== undefined
}
