import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { spread } from './statistics.mjs'
import { figure, table } from './table.mjs'

const folder = new URL('../results/', import.meta.url)

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
    budget === undefined ? '' : verdict(median, stretch, kept),
  ])
  return table(['row', 'claim', 'median', 'spread', 'budget', 'stretch', 'unit', ''], rows)
}

function verdict(value, stretch, kept) {
  if (!kept) return 'MISSED'
  return value <= stretch ? 'kept, stretch too' : 'kept'
}

/** Keeps the figures of a row, for the docs and for comparing with later ones. */
export function writeResults(result) {
  mkdirSync(folder, { recursive: true })
  const { name, title, figures, claims } = result
  const machine = {
    node: process.version,
    cpus: os.cpus().length,
    model: os.cpus()[0]?.model,
    platform: process.platform,
  }
  const content = { row: name, title, date: new Date().toISOString().slice(0, 10), machine, claims, figures }
  writeFileSync(fileURLToPath(new URL(`${name}.json`, folder)), `${JSON.stringify(content, undefined, 2)}\n`)
}
