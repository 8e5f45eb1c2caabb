import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addCounts, noCounts } from './counts.mjs'
import { turbo } from '../toolchain/turbo.mjs'
import { root, workspacePackages } from '../toolchain/workspace.mjs'

/**
 * Runs the suites of all packages, or of one, and adds up what they leave in `test-results.json`
 * (count-reporter.mjs); for a suite that need not run again turbo brings that file back.
 *
 * `task` is the script that runs a suite, `args` go to its runner.
 */
export async function runSuites(only, { task = 'test', args = [] } = {}) {
  const packages = workspacePackages().filter(({ name, manifest }) => {
    return manifest.scripts?.[task] !== undefined && (only === undefined || name === only)
  })
  const files = packages.map(({ folder }) => join(root, folder, 'test-results.json'))
  for (const file of files) rmSync(file, { force: true })

  const filters = only === undefined ? [] : [`--filter=${only}`]
  const passedOn = args.length === 0 ? [] : ['--', ...args]
  const { passed, output } = await turbo(task, '--concurrency=2', '--continue', ...filters, ...passedOn)
  const counts = sumCounts(files.map(readCounts), passed)
  return { passed: counts.failed === 0, output, counts }
}

/**
 * The sum over all suites. One without results has crashed: one failure. So is a run that fails
 * although every test passed.
 */
export function sumCounts(results, runPassed) {
  const sum = noCounts()
  for (const result of results) addCounts(sum, result ?? { ...noCounts(), failed: 1 })
  if (!runPassed && sum.failed === 0) sum.failed = 1
  return sum
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
