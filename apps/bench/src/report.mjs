import { spread } from './statistics.mjs'
import { figure, table } from './table.mjs'

/** What each variant used for a unit of work. */
export function figuresTable({ figures }) {
  const rows = Object.entries(figures).map(([variant, rounds]) => {
    const middle = (name) => spread(rounds.map((round) => round[name])).median
    return [
      variant,
      ...['user', 'system', 'wall'].map((name) => figure(middle(name))),
      figure(middle('memory')),
    ]
  })
  return table(['variant', 'user us', 'system us', 'wall us', 'peak MiB'], rows)
}

/** The claims against their budgets. */
export function claimsTable(claims) {
  const rows = claims.map(({ row, claim, median, lowest, highest, unit, budget, stretch, kept }) => [
    row,
    claim,
    figure(median),
    `${figure(lowest)} to ${figure(highest)}`,
    budget === undefined ? '' : figure(budget),
    stretch === undefined ? '' : figure(stretch),
    unit,
    budget === undefined ? '' : verdict({ median, stretch, kept }),
  ])
  return table(['row', 'claim', 'median', 'spread', 'budget', 'stretch', 'unit', ''], rows)
}

/** Whether a budget is kept, in words. */
export function verdict({ median, stretch, kept }) {
  if (!kept) return 'MISSED'
  return median <= stretch ? 'kept, stretch too' : 'kept'
}
