/** A joiner inside of an emoji: it is part of a picture and hides nothing. */
const JOINER = /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?\u200d(?=\p{Extended_Pictographic})/u
/** Characters that move, hide or reorder what stands around them: controls, bidi marks, zero width, line separators. */
const MOVING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/
const HIDDEN = new RegExp(`${MOVING.source}(?<!${JOINER.source})`, 'gu')
const HIDDEN_IN_A_LINE = new RegExp(`[\\t\\n]|${HIDDEN.source}`, 'gu')
const LONGEST = 20_000

/** A text of one line that shows what it is made of: "a⏎b", "a[U+202E]b". */
export function oneLine(text: string, longest = 500): string {
  return cut(text, longest).replace(HIDDEN_IN_A_LINE, picture)
}

/** As {@link oneLine}, with its line breaks and tabs kept. */
export function manyLines(text: string): string {
  return cut(text, LONGEST).replaceAll('\r\n', '\n').replace(HIDDEN, picture)
}

function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)}… (${text.length - longest} more characters)`
}

/** Few fonts have the pictures that Unicode has for these. */
function picture(character: string): string {
  if (character === '\n') return '⏎'
  if (character === '\t') return ' '
  return `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`
}
