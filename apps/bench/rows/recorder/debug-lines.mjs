import { OWN } from '../../src/fields.mjs'

/** What the debug lines of a unit say: 50 of them, by default with flat attributes. */
export const LINES_PER_UNIT = 50

const NESTED = { ...OWN, hero: { name: 'axe', roles: ['carry', 'initiator'] } }
const attributes = process.env.BENCH_NESTED === undefined ? OWN : NESTED

export function writeLines(line) {
  for (let i = 0; i < LINES_PER_UNIT; i++) line(attributes)
}
