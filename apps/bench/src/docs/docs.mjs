import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readResults } from '../results.mjs'
import { draw } from './draw.mjs'
import { pageOf } from './page.mjs'
import { PLOTS } from './plots.mjs'

export const PAGE = new URL('../../../../docs/performance.md', import.meta.url)
const PICTURES = new URL('../../../../docs/performance/', import.meta.url)

export function pictureOf({ name }) {
  return new URL(`${name}.svg`, PICTURES)
}

/** Makes docs/performance.md and its pictures of results.json. */
export async function writeDocs() {
  const results = readResults()
  mkdirSync(PICTURES, { recursive: true })
  for (const plot of PLOTS) {
    if (plot.rows.every((row) => row in results)) writeFileSync(pictureOf(plot), await draw(plot, results))
  }
  writeFileSync(PAGE, pageOf(readFileSync(PAGE, 'utf8'), results))
}
