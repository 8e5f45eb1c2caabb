import './toolchain/node-version.mjs'
import util from 'node:util'
import { checkPublish } from './checks/publish.mjs'
import { addCounts, closingLine, noCounts } from './checks/counts.mjs'
import { runSuites } from './checks/suites.mjs'
import { setup } from './setup.mjs'
import { capture } from './toolchain/capture.mjs'
import { step } from './toolchain/progress.mjs'
import { turbo } from './toolchain/turbo.mjs'
import { workspacePackages } from './toolchain/workspace.mjs'

const HELP = `Usage: npm test [-- --filter <package>]

Installs, builds, then runs every check and every suite. The last line says how many passed.

  --filter <package>  only the suite of one package: core, @throughline/core or packages/core
  --help              this text`

const CHECKS = {
  types: () => turbo('typecheck', '--continue'),
  lint: () => capture('oxlint', []),
  format: () => capture('oxfmt', ['--check', '.']),
  imports: () => capture(process.execPath, ['scripts/check-imports.mjs']),
  scripts: () => capture(process.execPath, ['--test', ...SCRIPT_TESTS]),
  publish: checkPublish,
}
const SCRIPT_TESTS = ['counts', 'imports', 'node-version', 'suites'].map(
  (name) => `scripts/test/${name}.test.mjs`,
)

const { values } = readArguments()
if (values.help) {
  console.log(HELP)
} else {
  const counts = await run(values.filter === undefined ? undefined : packageCalled(values.filter))
  console.log(closingLine(counts))
  process.exitCode = counts.failed === 0 ? 0 : 1
}

async function run(only) {
  if (!(await setup())) return { ...noCounts(), failed: 1 }

  const checks = only === undefined ? Object.entries(CHECKS) : []
  const counts = noCounts()
  for (const [name, check] of checks) {
    const { passed } = await step(name, check)
    counts[passed ? 'passed' : 'failed'] += 1
  }
  const suites = await step(only === undefined ? 'suites' : `suite of ${only}`, async () => {
    const result = await runSuites(only)
    return { ...result, note: closingLine(result.counts) }
  })
  addCounts(counts, suites.counts)
  return counts
}

function packageCalled(given) {
  const packages = workspacePackages().filter(({ manifest }) => manifest.scripts?.test !== undefined)
  const found = packages.find(({ name, folder }) => [name, folder, name.split('/').at(-1)].includes(given))
  if (found !== undefined) return found.name
  return refuse(`There is no suite "${given}": ${packages.map(({ name }) => name).join(', ')}`)
}

function readArguments() {
  try {
    return util.parseArgs({ options: { filter: { type: 'string' }, help: { type: 'boolean' } } })
  } catch (error) {
    return refuse(`${error.message}\n\n${HELP}`)
  }
}

function refuse(text) {
  console.error(text)
  return process.exit(2)
}
