import { verdict } from '../report.mjs'
import { figure } from '../table.mjs'
import { markdownTable } from './markdown-table.mjs'
import { PLOTS } from './plots.mjs'

const BEGIN = '<!-- begin: made of apps/bench/results.json by npm run bench -->'
const END = '<!-- end -->'

/** The page with its tables and plots made of the results. */
export function pageOf(page, results) {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`docs/performance.md lacks "${BEGIN}" and "${END}"`)
  const made = [machines(results), claimsOf(results), ...plotsOf(results), ...figuresOf(results)].join('\n\n')
  return `${page.slice(0, begin + BEGIN.length)}\n\n${made}\n\n${page.slice(end)}`
}

function machines(results) {
  const all = Object.values(results).map(
    ({ date, node, cpus, model }) => `Node ${node.slice(1)}, ${cpus} CPUs (${model}), ${date}`,
  )
  return `Measured with ${[...new Set(all)].join('; ')}.`
}

function claimsOf(results) {
  const claims = Object.values(results).flatMap(({ claims }) => claims)
  const rows = claims.map((claim) => [
    claim.row,
    claim.claim,
    [figure(claim.median), claim.unit].filter(Boolean).join(' '),
    `${figure(claim.lowest)} to ${figure(claim.highest)}`,
    claim.budget === undefined ? '' : figure(claim.budget),
    claim.stretch === undefined ? '' : figure(claim.stretch),
    claim.budget === undefined ? '' : verdict(claim),
  ])
  return markdownTable(['row', 'claim', 'median', 'spread', 'budget', 'stretch', ''], 'llrrrrl', rows)
}

function plotsOf(results) {
  return PLOTS.filter(({ rows }) => rows.every((row) => row in results)).map(
    ({ name, title }) => `### ${title}\n\n![${title}](performance/${name}.svg)`,
  )
}

function figuresOf(results) {
  return Object.entries(results).map(([name, { title, figures }]) => {
    const rows = Object.entries(figures).map(([variant, used]) => [
      variant,
      ...['user', 'system', 'wall', 'memory'].map((measure) => figure(used[measure])),
    ])
    const head = ['variant', 'user us', 'system us', 'wall us', 'peak MiB']
    return `### ${name}\n\n${title}.\n\n${markdownTable(head, 'lrrrr', rows)}`
  })
}
