import { existsSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { withoutFences } from './fences.js'
import { type Page, readPage, root } from './pages.js'

/** The links of a page to files of the repository that lead nowhere, as `page:line: link`. */
export function findDeadLinks(page: Page): string[] {
  const lines = withoutFences(page.text).split('\n')
  return lines.flatMap((line, index) =>
    linksOf(line)
      .filter((link) => !isAlive(page, link))
      .map((link) => `${page.path}:${index + 1}: ${link}`),
  )
}

function linksOf(line: string): string[] {
  const prose = line.replaceAll(/`[^`]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g)].map(
    ([, markdown, html]) => markdown ?? html ?? '',
  )
}

function isAlive(page: Page, link: string): boolean {
  if (/^[a-z]+:/i.test(link)) return URL.canParse(link)
  const [path = '', anchor] = link.split('#', 2)
  const target = path === '' ? page.path : posix.normalize(posix.join(dirname(page.path), path))
  if (target.startsWith('..') || !existsSync(join(root, target))) return false
  if (anchor === undefined) return true
  return statSync(join(root, target)).isFile() && anchorsOf(readPage(target).text).has(anchor)
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of withoutFences(markdown).matchAll(/^#{1,6}\s+(.+)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-')
    let unique = anchor
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`
    anchors.add(unique)
  }
  return anchors
}
