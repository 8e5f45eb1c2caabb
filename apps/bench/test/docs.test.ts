import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { PAGE, pictureOf } from '../src/docs/docs.mjs'
import { digestOf } from '../src/docs/draw.mjs'
import { markdownTable } from '../src/docs/markdown-table.mjs'
import { pageOf } from '../src/docs/page.mjs'
import { PLOTS } from '../src/docs/plots.mjs'
import { readResults } from '../src/results.mjs'

const results = readResults()

describe('docs/performance.md', () => {
  it('is what the results make of it', () => {
    const page = readFileSync(PAGE, 'utf8')
    expect(page).toBe(pageOf(page, results))
  })

  it.each(PLOTS.map((plot) => [plot.name, plot] as const))('shows %s as the results have it', (_, plot) => {
    expect(readFileSync(pictureOf(plot), 'utf8')).toContain(digestOf(plot, results))
  })
})

describe('markdownTable', () => {
  it('pads cells to their column and aligns figures to the right', () => {
    expect(markdownTable(['row', 'us'], 'lr', [['unit', '0.45']])).toBe(
      ['| row  |   us |', '| ---- | ---: |', '| unit | 0.45 |'].join('\n'),
    )
  })
})
