import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { plainText } from './text-file.js'

/** Edits beyond this many are not shown one by one: the search for the least of them takes the square of the time. */
const MOST_EDITS = 4_000

/** The unified diff that leads from what a file holds to what it should hold; undefined where that is the same. */
export function difference(path: string, found: string, wanted: string): string | undefined {
  const [before, after] = [plainText(found), plainText(wanted)]
  if (before === after) return undefined
  const names = [path, `${path} (from the code)`] as const
  const patch = createTwoFilesPatch(...names, before, after, '', '', {
    context: 3,
    maxEditLength: MOST_EDITS,
    headerOptions: FILE_HEADERS_ONLY,
  })
  return patch ?? `--- ${names[0]}\n+++ ${names[1]}\n(more than ${MOST_EDITS} lines differ)\n`
}
