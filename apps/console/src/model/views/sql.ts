export interface Statement {
  readonly text: string
  readonly comment?: string
}

/** A comment at the end of key='value' pairs, as sqlcommenter writes it: https://google.github.io/sqlcommenter/spec/. */
const COMMENT = /\s*\/\*((?:[^*]|\*(?!\/))*='(?:[^*]|\*(?!\/))*)\*\/\s*;?\s*$/
/** A pattern over more would take its time. */
const MAX_COMMENT = 2000

/** Splits off the comment that ties a statement to its request. */
export function statementOf(text: string): Statement {
  const tail = text.slice(-MAX_COMMENT)
  const start = tail.lastIndexOf('/*')
  if (start === -1) return { text }
  const match = COMMENT.exec(tail.slice(start))
  if (match === null) return { text }
  return { text: text.slice(0, text.length - tail.length + start).trimEnd(), comment: match[1]?.trim() ?? '' }
}
