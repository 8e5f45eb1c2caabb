import pluralize from 'pluralize'
import type { Scalar } from '../context/fields.js'

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

interface Resource {
  readonly label: string
  readonly idKey: `${string}.id`
  readonly kinds: readonly IdKind[]
}

const LABEL = /^[a-z][a-z0-9_-]*$/
const LONGEST_ID = 64
const INT = /^\d+$/
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const SLUG = /^[\p{L}\p{N}][\p{L}\p{N}._~-]{0,63}$/u

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
  const mounts = new Set(table.mounts)
  const roots = new Set(table.rootResources)
  const resources = new Map<string, Resource>()
  for (const entry of table.resources) {
    const label = labelOf(entry)
    if (!LABEL.test(label)) {
      throw new TypeError(`label "${label}" must match ${LABEL.source}; set "label" on the resource`)
    }
    for (const segment of entry.segments)
      resources.set(segment, { label, idKey: `${label}.id`, kinds: entry.id })
  }
  return (path) => readPath(path, mounts, roots, resources)
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

/** One pass over the path, no list of segments: this runs for every request and every socket. */
function readPath(
  path: unknown,
  mounts: ReadonlySet<string>,
  roots: ReadonlySet<string>,
  resources: ReadonlyMap<string, Resource>,
): PathLabels {
  const found: PathLabels = {}
  if (typeof path !== 'string') return found
  const start = pathStart(path)
  if (path[start] !== '/') return found
  const end = pathEnd(path, start)
  let first = true
  let awaitsId: Resource | undefined
  for (let at = start + 1, stop = at; at < end; at = stop + 1) {
    stop = path.indexOf('/', at)
    if (stop === -1 || stop > end) stop = end
    if (stop === at) continue
    const segment = decodeSegment(path.slice(at, stop))
    if (first) {
      first = false
      if (!roots.has(segment)) {
        if (mounts.has(segment)) continue
        return found
      }
    }
    const resource = resources.get(segment)
    if (resource !== undefined) {
      if (found.labels === undefined) found.labels = [resource.label]
      else if (!found.labels.includes(resource.label)) found.labels.push(resource.label)
    } else if (awaitsId !== undefined) {
      const id = readId(segment, awaitsId.kinds)
      if (id !== undefined) found[awaitsId.idKey] ??= id
    }
    awaitsId = resource
  }
  return found
}

/** Where the path part begins: an absolute URL has a scheme and an authority before it (L2). */
function pathStart(path: string): number {
  if (path[0] === '/') return 0
  return /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(path)?.[0].length ?? 0
}

function pathEnd(path: string, start: number): number {
  const query = path.indexOf('?', start)
  const fragment = path.indexOf('#', start)
  if (query === -1) return fragment === -1 ? path.length : fragment
  return fragment === -1 ? query : Math.min(query, fragment)
}

function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function readId(segment: string, kinds: readonly IdKind[]): Scalar | undefined {
  if (segment.length > LONGEST_ID) return undefined
  if (kinds.includes('int') && INT.test(segment)) {
    const value = Number(segment)
    return Number.isSafeInteger(value) ? value : segment
  }
  if (kinds.includes('uuid') && UUID.test(segment)) return segment
  return kinds.includes('slug') && SLUG.test(segment) ? segment : undefined
}
