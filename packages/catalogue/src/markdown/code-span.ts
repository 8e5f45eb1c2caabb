/** What a reader cannot see or an editor may change: control characters, line ends, directions, halves of pairs. */
const UNSEEN = /[\0-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cs}]/u
const EVERY_UNSEEN = new RegExp(UNSEEN, 'gu')

/**
 * Writes any text as a code span of markdown, on one line; what is empty or cannot be seen as it is stands as JSON.
 *
 * @example
 * codeSpan('draft.pick_made') // `draft.pick_made`
 * codeSpan('a\nb') // `"a\nb"`
 */
export function codeSpan(text: string): string {
  const shown = isPlain(text) ? text : jsonText(text)
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const gap = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${gap}${shown}${gap}${fence}`
}

/** Reads the code span that a text begins with, and says where it ends; undefined where there is none. */
export function readCodeSpan(text: string): { text: string; end: number } | undefined {
  const fence = /^`+/.exec(text)?.[0] ?? ''
  const close = [...text.matchAll(/`+/g)].find(({ index, 0: run }) => index > 0 && run === fence)
  if (fence === '' || close === undefined) return undefined
  const shown = text.slice(fence.length, close.index).replace(/^ (.*) $/s, '$1')
  const read = shown.startsWith('"') ? jsonString(shown) : shown
  return read === undefined ? undefined : { text: read, end: close.index + fence.length }
}

function isPlain(text: string): boolean {
  return text !== '' && text === text.trim() && !text.startsWith('"') && !UNSEEN.test(text)
}

function jsonText(text: string): string {
  return JSON.stringify(text).replace(EVERY_UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  )
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}

function jsonString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
