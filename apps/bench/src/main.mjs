import { parseArgs } from 'node:util'
import { benchRow } from './bench.mjs'
import { writeDocs } from './docs/docs.mjs'
import { arePeersInstalled, installPeers } from './peers.mjs'
import { createProgress } from './progress.mjs'
import { claimsTable, figuresTable } from './report.mjs'
import { writeResults } from './results.mjs'
import { ROW_NAMES } from './rows.mjs'

const HELP = `Usage: npm run bench -- [row …] [options]

Times what Throughline adds beside the same work without it and by its peers, each variant in processes of its own,
in turn. Figures are microseconds for a unit of work; claims are medians of what holds within a round. The figures are
kept in apps/bench/results.json, and docs/performance.md is made of them.

  --check        exit code 1 when a claim misses its budget
  --rounds <n>   rounds of each row, at least 1; default 5
  --no-peers     without the packages that are compared with; keeps no figures
  --smoke        a few units of everything, to see that it runs; keeps no figures
  --docs         makes docs/performance.md of the figures that were kept, and runs nothing
  --help         this text

Rows: ${ROW_NAMES.join(', ')}`

const { values, positionals } = readArguments()
if (values.help) console.log(HELP)
else if (values.docs) await makeDocs()
else process.exitCode = await run(positionals.length === 0 ? ROW_NAMES : positionals)

async function run(names) {
  if (values.peers) havePeers()
  console.log(`Node ${process.version}, standard output of the variants to /dev/null or a pipe that is read`)
  const progress = createProgress()
  const kept = values.peers && !values.smoke
  const claims = []
  for (const name of names) {
    progress.begin(`${name} …`)
    const result = await benchRow(name, {
      rounds: values.smoke ? 1 : Number(values.rounds),
      size: values.smoke ? 'smoke' : 'full',
      peers: values.peers,
      progress: (text) => progress.say(`${name}: ${text}`),
    })
    progress.end()
    console.log(`\n${result.title}\n\n${figuresTable(result)}\n`)
    if (kept) writeResults(result)
    claims.push(...result.claims)
  }
  if (kept) await writeDocs()
  console.log(claimsTable(claims))
  const missed = claims.filter(({ kept }) => !kept)
  if (missed.length > 0)
    console.log(`\nshort of the budget: ${missed.map(({ row, claim }) => `${row} (${claim})`).join(', ')}`)
  return values.check && missed.length > 0 ? 1 : 0
}

async function makeDocs() {
  havePeers()
  await writeDocs()
}

function havePeers() {
  if (arePeersInstalled()) return
  console.error('Installing the packages to compare with …')
  installPeers()
}

function readArguments() {
  try {
    const read = parseArgs({
      allowPositionals: true,
      allowNegative: true,
      options: {
        check: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '5' },
        peers: { type: 'boolean', default: true },
        docs: { type: 'boolean', default: false },
        smoke: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const unknown = read.positionals.find((name) => !ROW_NAMES.includes(name))
    if (unknown !== undefined) return refuse(`There is no row "${unknown}": ${ROW_NAMES.join(', ')}`)
    if (!(Number(read.values.rounds) >= 1)) return refuse('--rounds needs a number, 1 or more')
    return read
  } catch (error) {
    return refuse(`${error.message}\n\n${HELP}`)
  }
}

function refuse(text) {
  console.error(text)
  return process.exit(2)
}
