import type { Scalar } from '../context/fields.js'
import type { IdKind, PathLabels } from './labels.js'
import { NOWHERE, type Resource, START, type Words } from './words.js'

const LONGEST_ID = 64
/** A number of so many digits is exact. */
const MOST_DIGITS = 15
const INT = /^\d+$/
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
/** Most slugs: a test by Unicode's classes takes ten times as long. */
const PLAIN_SLUG = /^[a-z\d][a-z\d._~-]{0,63}$/i
const SLUG = /^[\p{L}\p{N}][\p{L}\p{N}._~-]{0,63}$/u

/** One pass over the characters, no list of segments: this runs for every request and every socket. */
export function readPath(path: unknown, words: Words): PathLabels {
  // In here, for a bundler makes variables of a module's constants, which cost a tenth of all this.
  const SLASH = 0x2f
  const QUERY = 0x3f
  const FRAGMENT = 0x23
  const PERCENT = 0x25
  const ZERO = 0x30
  const NINE = 0x39
  /** Beyond are letters, which mean nothing by themselves. */
  const LAST_OF_NOTE = QUERY
  /** Of `Words.steps`. */
  const WIDTH = 128
  const found: PathLabels = {}
  if (typeof path !== 'string') return found
  const root = rootOf(path)
  if (path.charCodeAt(root) !== SLASH) return found
  const { steps } = words
  const { length } = path
  let first = true
  let labels: string[] | undefined
  let awaitsId: Resource | undefined
  for (let start = root + 1, end = start; start < length; start = end + 1) {
    let state = START
    let number = 0
    let isNumber = true
    let isAscii = true
    let code = SLASH
    for (end = start; end < length; end++) {
      code = path.charCodeAt(end)
      if (code > LAST_OF_NOTE) {
        isNumber = false
        if (code >= WIDTH) isAscii = false
      } else if (code >= ZERO && code <= NINE) {
        number = number * 10 + code - ZERO
      } else {
        if (code === SLASH || code === QUERY || code === FRAGMENT) break
        isNumber = false
        if (code === PERCENT) isAscii = false
      }
      state = code < WIDTH ? (steps[state * WIDTH + code] as number) : NOWHERE
    }
    if (end > start) {
      const decoded = isAscii ? undefined : decodeSegment(path.slice(start, end))
      const word = decoded === undefined ? words.endingIn(state) : words.get(decoded)
      if (first) {
        first = false
        if (word?.root !== true) {
          if (word?.mount !== true) return found
          if (code === QUERY || code === FRAGMENT) return found
          continue
        }
      }
      const resource = word?.resource
      if (resource !== undefined) {
        if (labels === undefined) labels = found.labels = [resource.label]
        else if (!labels.includes(resource.label)) labels.push(resource.label)
      } else if (awaitsId !== undefined) {
        const id =
          isNumber && awaitsId.takesNumbers && end - start <= MOST_DIGITS
            ? number
            : readId(decoded ?? path.slice(start, end), awaitsId.kinds)
        if (id !== undefined) found[awaitsId.idKey] ??= id
      }
      awaitsId = resource
    }
    if (code === QUERY || code === FRAGMENT) return found
  }
  return found
}

/** Where the path part begins: an absolute URL has a scheme and an authority before it (L2). */
function rootOf(path: string): number {
  if (path.startsWith('/')) return 0
  return /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(path)?.[0].length ?? 0
}

function decodeSegment(segment: string): string {
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
  return kinds.includes('slug') && (PLAIN_SLUG.test(segment) || SLUG.test(segment)) ? segment : undefined
}
