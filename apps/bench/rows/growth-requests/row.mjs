import { growthRow } from '../../src/growth.mjs'
import { checkLines, checkNothing } from '../../src/http/row.mjs'

export const row = growthRow({
  title: 'The cost of a request on Express as there are more of them, and over 1 to 1,000 connections',
  cpu: 'user + system',
  unit: 'request',
  each: 'connections',
  ours: { script: '../express/ours.mjs', server: 'http' },
  bare: { script: '../express/bare.mjs', server: 'http' },
  units: 1_500,
  atOnceUnits: 10_000,
  warmUp: 30_000,
  check(variant, written) {
    if (variant.startsWith('bare')) checkNothing(written)
    else checkLines(variant, written.lines, written.units)
  },
})
