import { afterTag, nameAt, scriptEnd, TEXT_ELEMENTS, textEnd } from './html-tokens.js'

/**
 * Where the first `</head>` of an HTML document begins; -1 where there is none.
 *
 * One in a comment, in the text of a script, style or title, or in an attribute is not the end of the head, and a
 * snippet before it would break the page. It reads the tokens of the HTML standard (13.2.5), each character once, up to
 * the one it looks for; a parser would build the whole page, with ten times the code.
 */
export function headEnd(html: string): number {
  for (let at = 0; at !== -1;) {
    const open = html.indexOf('<', at)
    if (open === -1) return -1
    const next = html[open + 1]
    if (next === '/') {
      const name = nameAt(html, open + 2)
      at = name === '' ? afterBogus(html, open + 2) : afterTag(html, open + 2 + name.length)
      if (name === 'head' && at !== -1) return open
    } else if (next === '!') {
      at = html.startsWith('<!--', open) ? afterComment(html, open + 4) : afterBogus(html, open + 2)
    } else {
      at = next === '?' ? afterBogus(html, open + 2) : afterElement(html, open + 1)
    }
  }
  return -1
}

/** Behind a start tag and the text that belongs to it; behind the `<` where no name follows it. */
function afterElement(html: string, start: number): number {
  const name = nameAt(html, start)
  if (name === '') return start
  const content = afterTag(html, start + name.length)
  if (content === -1 || name === 'plaintext') return -1
  if (name === 'script') return scriptEnd(html, content)
  return TEXT_ELEMENTS.has(name) ? textEnd(html, name, content) : content
}

/** A doctype, a processing instruction, `</` before no name: all end with the next `>`. */
function afterBogus(html: string, start: number): number {
  const end = html.indexOf('>', start)
  return end === -1 ? -1 : end + 1
}

const COMMENT_END = /--!?>/g

/** `<!-->` and `<!--->` are whole comments. */
function afterComment(html: string, start: number): number {
  if (html.startsWith('>', start)) return start + 1
  if (html.startsWith('->', start)) return start + 2
  COMMENT_END.lastIndex = start
  return COMMENT_END.test(html) ? COMMENT_END.lastIndex : -1
}
