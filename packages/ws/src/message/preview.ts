const LONGEST_PREVIEW = 100
/** No character takes more bytes in UTF-8. */
const LONGEST_CHARACTER = 4
const UNFINISHED = /[\ud800-\udbff]$/

/** The first 100 characters of a text, without half a surrogate pair; nothing of a binary message (R6.4). */
export function previewOf(data: unknown, isBinary: unknown): { data_preview?: string } {
  if (isBinary === true) return {}
  const text = Buffer.isBuffer(data) ? data.toString('utf8', 0, LONGEST_PREVIEW * LONGEST_CHARACTER) : data
  if (typeof text !== 'string') return {}
  return { data_preview: text.slice(0, LONGEST_PREVIEW).replace(UNFINISHED, '') }
}
