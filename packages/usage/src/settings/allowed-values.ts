import { OTHER, POINT_ATTRIBUTES, type PointAttribute } from '../names.js'

/** The values that the product has listed, by attribute. */
export type AllowedValues = ReadonlyMap<PointAttribute, ReadonlySet<string>>

export function readAllowedValues(given: unknown): AllowedValues {
  if (typeof given !== 'object' || given === null) return new Map()
  const lists = given as Partial<Record<PointAttribute, unknown>>
  const listed = POINT_ATTRIBUTES.filter((name) => Object.hasOwn(lists, name) && lists[name] !== undefined)
  return new Map(
    listed.map((name) => [name, new Set(Array.isArray(lists[name]) ? lists[name].map(String) : [])]),
  )
}

/** The value, or `other` where there is a list that it is not on. */
export function allowedValue(allowed: AllowedValues, attribute: PointAttribute, value: string): string {
  const list = allowed.get(attribute)
  return list === undefined || list.has(value) ? value : OTHER
}
