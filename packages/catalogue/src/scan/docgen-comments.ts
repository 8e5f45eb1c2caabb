import { ts } from '../engine/typescript.js'
import { type Finding, findings } from './warnings.js'

const START = /\/[/*][/*]?[^\S\n]*docgen:/g
const WHOLE = /^\/[/*]+\s*docgen:\s*event\s*=\s*([^\s,]+(?:\s*,\s*[^\s,]+)*)\s*(?:\*\/)?$/

/** `// docgen: event=first, second`: the events of a call whose name no type tells (C7). */
interface DocgenComment {
  readonly pos: number
  /** The line that it speaks of: its own where code stands before it, else that of the next code. */
  readonly line: number
  /** Undefined where it cannot be read. */
  readonly events: readonly string[] | undefined
  used: boolean
}

/** The docgen comments of a file. */
export class DocgenComments {
  readonly #comments: readonly DocgenComment[]

  constructor(private readonly file: ts.SourceFile) {
    this.#comments = findComments(file)
  }

  /** Takes the events of the comment that belongs to a call. */
  take(call: ts.CallExpression): readonly string[] | undefined {
    if (this.#comments.length === 0) return undefined
    const lines = callLines(call, this.file)
    const comment =
      this.#comments.find(({ pos }) => call.arguments.pos <= pos && pos < call.end) ??
      this.#comments.find(({ line }) => lines.includes(line))
    if (comment?.events === undefined) return undefined
    comment.used = true
    return comment.events
  }

  /** What is wrong with comments, once all calls of the file have taken theirs. */
  problems(): readonly { readonly pos: number; readonly finding: Finding }[] {
    return this.#comments
      .filter(({ events, used }) => events === undefined || !used)
      .map(({ pos, events }) => ({
        pos,
        finding: events === undefined ? findings.malformedComment() : findings.staleComment(),
      }))
  }
}

function findComments(file: ts.SourceFile): readonly DocgenComment[] {
  if (!file.text.includes('docgen:')) return []
  return [...file.text.matchAll(START)]
    .map(({ index }) => index)
    .filter((pos) => !isInsideToken(file, pos))
    .map((pos) => readComment(file, pos))
}

function readComment(file: ts.SourceFile, pos: number): DocgenComment {
  const { text } = file
  const close = text.startsWith('/*', pos) ? text.indexOf('*/', pos) + 2 : -1
  const endOfLine = /\r?\n|$/g
  endOfLine.lastIndex = pos
  const end = close > 1 ? close : (endOfLine.exec(text)?.index ?? text.length)
  const events = WHOLE.exec(text.slice(pos, end).trimEnd())?.[1]?.split(',')
  const own = file.getLineAndCharacterOfPosition(pos)
  const isAlone = text.slice(pos - own.character, pos).trim() === ''
  return {
    pos,
    line: isAlone ? nextCodeLine(file, end) : own.line,
    events: events && [...new Set(events.map((event) => event.trim()))],
    used: false,
  }
}

function nextCodeLine(file: ts.SourceFile, end: number): number {
  const pos = ts.getLeadingCommentRanges(file.text, end)?.at(-1)?.end ?? end
  const space = /^\s*/.exec(file.text.slice(pos))?.[0].length ?? 0
  return file.getLineAndCharacterOfPosition(pos + space).line
}

/** Where a reader may look for the call: its first line, that of its method, and its last one. */
function callLines(call: ts.CallExpression, file: ts.SourceFile): readonly number[] {
  const method = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression
  return [call.getStart(file), method.getStart(file), call.end].map(
    (pos) => file.getLineAndCharacterOfPosition(pos).line,
  )
}

/** Text that looks like a comment, inside a string or a template. */
function isInsideToken(file: ts.SourceFile, pos: number): boolean {
  let node: ts.Node = file
  for (;;) {
    const child: ts.Node | undefined = ts.forEachChild(node, (one) =>
      one.pos <= pos && pos < one.end ? one : undefined,
    )
    if (child === undefined) break
    node = child
  }
  const isText = ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node)
  return isText && (ts.isJsxText(node) ? node.pos : node.getStart(file)) <= pos
}
