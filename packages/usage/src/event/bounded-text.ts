/** Characters of the longest value that leaves (U3). */
const LONGEST = 256

/**
 * A value as a string of at most 256 characters; undefined where it is neither string nor number nor boolean.
 *
 * Objects are not asked: their `toString` is somebody else's code, and what it tells is not known.
 *
 * @example
 * boundedText(404) // '404'
 * boundedText(new Error('secret')) // undefined
 */
export function boundedText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.length <= LONGEST ? value : cut(value)
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined
    case 'boolean':
      return String(value)
    default:
      return undefined
  }
}

/** A copy: a slice would hold the whole of it in memory. Half a surrogate pair at the end goes too. */
function cut(text: string): string {
  const last = text.charCodeAt(LONGEST - 1)
  const end = last >= 0xd800 && last <= 0xdbff ? LONGEST - 1 : LONGEST
  return Buffer.from(text.slice(0, end)).toString()
}
