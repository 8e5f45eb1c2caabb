/** Elements whose content is text, whatever it looks like; where scripts run, `noscript` is one too. */
export const TEXT_ELEMENTS: ReadonlySet<string> = new Set([
  'iframe',
  'noembed',
  'noframes',
  'noscript',
  'style',
  'textarea',
  'title',
  'xmp',
])

/** HTML's white space is neither that of regular expressions nor that of the page's encoding. */
const NAME = /[a-z][^\t\n\f\r />]*/iy
const SPACE_AND_SLASHES = /[\t\n\f\r /]*/y
const SPACE = /[\t\n\f\r ]*/y
const ATTRIBUTE_NAME = /=?[^\t\n\f\r />=]*/y
const UNQUOTED_VALUE = /[^\t\n\f\r >]*/y

/** The tag name at a place, in lower case; empty where there is none. */
export function nameAt(html: string, at: number): string {
  return html.slice(at, skip(NAME, html, at)).toLowerCase()
}

/** Behind the `>` of the tag whose attributes begin at a place; -1 where it does not end. */
export function afterTag(html: string, start: number): number {
  let at = start
  for (;;) {
    at = skip(SPACE_AND_SLASHES, html, at)
    if (at >= html.length) return -1
    if (html[at] === '>') return at + 1
    at = skip(SPACE, html, skip(ATTRIBUTE_NAME, html, at))
    if (html[at] === '=') at = afterValue(html, skip(SPACE, html, at + 1))
    if (at === -1) return -1
  }
}

function afterValue(html: string, at: number): number {
  const first = html[at]
  if (first !== '"' && first !== "'") return skip(UNQUOTED_VALUE, html, at)
  const end = html.indexOf(first, at + 1)
  return end === -1 ? -1 : end + 1
}

const TEXT_ENDS: ReadonlyMap<string, RegExp> = new Map(
  [...TEXT_ELEMENTS].map((name) => [name, new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi')]),
)

/** Where the end tag of an element of text begins; -1 where there is none. */
export function textEnd(html: string, name: string, at: number): number {
  const end = TEXT_ENDS.get(name)
  if (end === undefined) return -1
  end.lastIndex = at
  return end.exec(html)?.index ?? -1
}

const SCRIPT_MARK = /<!--|-->|<\/?script(?=[\t\n\f\r />])/gi

/** Where the end tag of a script begins: not in a comment that opens a script of its own; -1 where there is none. */
export function scriptEnd(html: string, start: number): number {
  let state: 'script' | 'comment' | 'script in comment' = 'script'
  SCRIPT_MARK.lastIndex = start
  for (let mark = SCRIPT_MARK.exec(html); mark !== null; mark = SCRIPT_MARK.exec(html)) {
    const text = mark[0].toLowerCase()
    if (text === '</script') {
      if (state !== 'script in comment') return mark.index
      state = 'comment'
    } else if (text === '<script') {
      if (state === 'comment') state = 'script in comment'
    } else if (text === '-->') {
      state = 'script'
    } else if (state === 'script') {
      state = 'comment'
      // Its own dashes may be those of the end: `<!-->`.
      SCRIPT_MARK.lastIndex = mark.index + '<!'.length
    }
  }
  return -1
}

function skip(pattern: RegExp, html: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(html) ? pattern.lastIndex : at
}
