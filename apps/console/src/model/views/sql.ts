export interface Statement {
  readonly text: string
  readonly comment?: string
}

const OPEN = '/*'
const CLOSE = '*/'
/** What is longer is text of somebody, not the ids of a request. */
const MAX_COMMENT = 2000

/**
 * Splits off the comment that ties a statement to its request: key='value' pairs at its end, as sqlcommenter writes them
 * (https://google.github.io/sqlcommenter/spec/). Without a pattern, which hostile text would keep busy.
 */
export function statementOf(text: string): Statement {
  const trimmed = text.trimEnd()
  const whole = trimmed.endsWith(';') ? trimmed.slice(0, -1).trimEnd() : trimmed
  const start = whole.lastIndexOf(OPEN)
  if (start === -1 || !whole.endsWith(CLOSE)) return { text }
  const comment = whole.slice(start + OPEN.length, -CLOSE.length)
  const isOurs = comment.length <= MAX_COMMENT && comment.includes("='") && !comment.includes(CLOSE)
  return isOurs ? { text: whole.slice(0, start).trimEnd(), comment: comment.trim() } : { text }
}
