import { withoutFences } from './fences.js'

/** The rows of the tables below a heading, cells as text without backticks and links; headers left out. */
export function tableRows(markdown: string, heading: string): string[][] {
  const section = sectionOf(withoutFences(markdown), heading)
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .filter((line, index, lines) => !isRule(line) && !isRule(lines[index + 1] ?? ''))
    .map((line) => line.replaceAll('\\|', '\u0000').split('|').slice(1, -1).map(cellText))
}

function sectionOf(markdown: string, heading: string): string {
  const parts = markdown.split(/^(?=#{1,6} )/m)
  const found = parts.find((part) => part.split('\n', 1)[0]?.replace(/^#+ /, '').trim() === heading)
  if (found === undefined) throw new Error(`there is no heading "${heading}"`)
  return found
}

function isRule(line: string): boolean {
  return /^\|[\s:|-]+\|$/.test(line)
}

function cellText(cell: string): string {
  return cell
    .replaceAll('\u0000', '|')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll(/\\(.)/g, '$1')
    .trim()
}
