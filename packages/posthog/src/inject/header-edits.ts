import { createHash } from 'node:crypto'
import { text } from './page.js'

/** Header names in lower case, and the value they get; undefined takes the header away. */
export type HeaderEdits = ReadonlyMap<string, string | undefined>

/** They speak of the page as it was before. */
const OF_THE_CONTENT = ['last-modified', 'content-md5', 'digest', 'content-digest', 'repr-digest']

/**
 * What changes in the head of a page that got a snippet: its length, and by what caches know it again (P8).
 *
 * @param page the whole page, in pieces; undefined while not all of it is known
 */
export function headerEdits(
  header: (name: string) => unknown,
  added: number,
  page: readonly (string | Uint8Array)[] | undefined,
): HeaderEdits {
  const edits = new Map<string, string | undefined>()
  for (const name of OF_THE_CONTENT) if (header(name) !== undefined) edits.set(name, undefined)
  if (header('etag') !== undefined) edits.set('etag', page === undefined ? undefined : etagOf(page))
  const length = header('content-length')
  if (length !== undefined) edits.set('content-length', String(Number(text(length)) + added))
  return edits
}

/** A weak one: the same page may be compressed afterwards. */
function etagOf(page: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha1')
  for (const part of page) hash.update(part)
  return `W/"${hash.digest('base64url')}"`
}

/** The headers that `writeHead` was given, in the form in which it was: an object, pairs, or a list of both in turn. */
export type GivenHeaders = Record<string, unknown> | readonly unknown[] | undefined

/** Every header of them, as name and value. */
export function headerPairs(given: GivenHeaders): [string, unknown][] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) return Object.entries(given)
  if (Array.isArray(given[0]))
    return (given as [unknown, unknown][]).map(([name, value]) => [String(name), value])
  return given.flatMap((name, index) => (index % 2 === 0 ? [[String(name), given[index + 1]]] : []))
}

/** The same headers in the same form, edited. */
export function editedHeaders(given: GivenHeaders, edits: HeaderEdits): GivenHeaders {
  if (given === undefined || given === null) return given
  const pairs = headerPairs(given).flatMap(([name, value]): [string, unknown][] => {
    if (!edits.has(name.toLowerCase())) return [[name, value]]
    const edited = edits.get(name.toLowerCase())
    return edited === undefined ? [] : [[name, edited]]
  })
  if (!Array.isArray(given)) return Object.fromEntries(pairs)
  return Array.isArray(given[0]) ? pairs : pairs.flat()
}
