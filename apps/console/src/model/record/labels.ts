import { type Value } from '../../shared/api.js'
import { stringOf } from './value.js'

const MAX_LABELS = 20
const MAX_LABEL = 100

/** `labels` as shown, each with its `<label>.id`: "draft 6". */
export function labelsOf(attributes: ReadonlyMap<string, Value>): readonly string[] | undefined {
  const names = labelNames(attributes.get('labels'))
  if (names.length === 0) return undefined
  return names.map((name) => {
    const id = stringOf(attributes.get(`${name}.id`))
    return (id === undefined ? name : `${name} ${id}`).slice(0, MAX_LABEL)
  })
}

export function labelNames(labels: Value | undefined): string[] {
  if (!Array.isArray(labels)) return []
  return labels.filter((label) => typeof label === 'string').slice(0, MAX_LABELS)
}
