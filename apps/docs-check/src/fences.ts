/** A fenced block of a Markdown page. */
export interface Fence {
  /** Line of the page on which its content starts, from 1. */
  readonly line: number
  /** What follows the backticks: the language, then words. */
  readonly language: string
  readonly words: readonly string[]
  readonly content: string
}

/** The fenced blocks of a page, in order. */
export function findFences(markdown: string): Fence[] {
  const fences: Fence[] = []
  const lines = markdown.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const opening = /^(`{3,})\s*(.*)$/.exec(lines[at] ?? '')
    if (opening === null) continue
    const [, ticks = '', info = ''] = opening
    const end = lines.findIndex((line, index) => index > at && line.trimEnd() === ticks)
    if (end === -1) throw new Error(`line ${at + 1}: the block is never closed`)
    const [language = '', ...words] = info.trim().split(/\s+/)
    fences.push({ line: at + 2, language, words, content: lines.slice(at + 1, end).join('\n') })
    at = end
  }
  return fences
}

/** The page with the content of its blocks blanked, line for line: what is left is prose. */
export function withoutFences(markdown: string): string {
  const lines = markdown.split('\n')
  for (const { line, content } of findFences(markdown)) {
    const length = content.split('\n').length
    lines.fill('', line - 1, line - 1 + length)
  }
  return lines.join('\n')
}
