import pluralize from 'pluralize'
import type { Scalar } from '../context/fields.js'
import { readPath } from './read-path.js'
import { Words } from './words.js'

/** The kinds of id that a path segment may hold, tried in this order. */
export type IdKind = 'int' | 'uuid' | 'slug'

/** Which resources an application's URLs name; nothing is built in (L1). */
export interface LabelTable {
  /** First segments below which resources are looked for, such as `api` or `ws`. */
  mounts: string[]
  /** Segments that are resources without a mount, such as the `draft` of `/draft/5`. */
  rootResources: string[]
  resources: {
    /** Default: the singular of the first segment, hyphens as underscores, where the resource has ids (L14). */
    label?: string
    segments: string[]
    /** Empty for a resource that is a label only (L9). */
    id: IdKind[]
  }[]
}

/** What a path says: its labels, and `<label>.id` for each id in it. */
export type PathLabels = { labels?: string[]; [id: `${string}.id`]: Scalar }

const LABEL = /^[a-z][a-z0-9_-]*$/

/**
 * Prepares a label table and returns the function that reads a path by it (requirements L1 to L14).
 *
 * The returned function never throws and takes time linear in the path.
 *
 * @throws TypeError for a label that is not `[a-z][a-z0-9_-]*`: it crosses hops as a key (L13)
 * @example
 * const labelsOf = createLabelExtractor({
 *   mounts: ['api'], rootResources: [], resources: [{ segments: ['tournaments'], id: ['int'] }],
 * })
 * labelsOf('/api/tournaments/5') // { labels: ['tournament'], 'tournament.id': 5 }
 */
export function createLabelExtractor(table: LabelTable): (path: string) => PathLabels {
  const words = new Words()
  for (const segment of table.mounts) words.add(segment).mount = true
  for (const segment of table.rootResources) words.add(segment).root = true
  for (const entry of table.resources) {
    const label = labelOf(entry)
    if (!LABEL.test(label)) {
      throw new TypeError(`label "${label}" must match ${LABEL.source}; set "label" on the resource`)
    }
    const { segments, id: kinds } = entry
    const resource = { label, idKey: `${label}.id`, kinds, takesNumbers: kinds.includes('int') } as const
    for (const segment of segments) words.add(segment).resource = resource
  }
  return (path) => readPath(path, words)
}

const prepared = new WeakMap<LabelTable, (path: string) => PathLabels>()

/**
 * Reads one path by a table; for many paths prepare the table once with `createLabelExtractor`.
 *
 * @example
 * extractLabels('/api/leagues/3/standings/', table)
 */
export function extractLabels(path: unknown, table: LabelTable): PathLabels {
  let extractor = prepared.get(table)
  if (extractor === undefined) {
    extractor = createLabelExtractor(table)
    prepared.set(table, extractor)
  }
  return extractor(path as string)
}

/** The labels of a table whose ids may appear in a context. */
export function labelsWithIds(table: LabelTable): string[] {
  return table.resources.filter(({ id }) => id.length > 0).map(labelOf)
}

/** The label given, else the singular of the first segment where the resource has ids (L14). */
function labelOf({ label, segments: [first = ''], id }: LabelTable['resources'][number]): string {
  return label ?? (id.length > 0 ? pluralize.singular(first) : first).replaceAll('-', '_')
}
