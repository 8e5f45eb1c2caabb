import { readFileSync } from 'node:fs'
import { spread } from './statistics.mjs'

/** What each row has to keep: `budget` it must, `stretch` it should; the unit is that of the claim, default a ratio. */
export const BUDGETS = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url), 'utf8'))

/**
 * The claims of a row over the figures of its rounds: each is a ratio or a difference within a round, of which the
 * median counts.
 *
 * @returns a claim for each of the row's; without its peers, those that can be made
 */
export function judge({ name, claims }, figures, budgets = BUDGETS) {
  return Object.entries(claims).flatMap(([claim, valueOf]) => {
    const count = Math.min(...Object.values(figures).map(({ length }) => length))
    const values = Array.from({ length: count }, (_, round) =>
      valueIn(valueOf, (variant) => figures[variant]?.[round]),
    )
    if (count === 0 || values.includes(undefined)) return []
    const { budget, stretch, unit = '' } = budgets[name]?.[claim] ?? {}
    const value = spread(values)
    return [
      {
        row: name,
        claim,
        ...value,
        unit,
        budget,
        stretch,
        kept: budget === undefined || value.median <= budget,
      },
    ]
  })
}

class Absent extends Error {}

function valueIn(valueOf, of) {
  try {
    return valueOf((variant) => of(variant) ?? absent(variant))
  } catch (error) {
    if (error instanceof Absent) return undefined
    throw error
  }
}

function absent(variant) {
  throw new Absent(variant)
}
