import './toolchain/node-version.mjs'
import util from 'node:util'
import { closingLine, noCounts } from './checks/counts.mjs'
import { runSuites } from './checks/suites.mjs'
import { setup } from './setup.mjs'
import { chromium, installChromium } from './toolchain/chromium.mjs'
import { announce, step } from './toolchain/progress.mjs'

const HELP = `Usage: npm run test:browser [-- --install] [-- --filter <text>]

Installs, builds, then runs the suites of apps/browser in a Chromium or Chrome of this machine, without a window.
Where there is none, they are skipped. The last line says how many passed.

  --install        installs the package chromium first, where there is no browser: with apt, as root
  --filter <text>  only the files with this in their path: posthog, privacy
  --help           this text

CHROMIUM_PATH names the browser; else chromium, chromium-browser and google-chrome are looked for.`

const { values } = readArguments()
if (values.help) {
  console.log(HELP)
} else {
  const counts = await run(values)
  console.log(closingLine(counts))
  process.exitCode = counts.failed === 0 ? 0 : 1
}

async function run({ install, filter }) {
  const failure = { ...noCounts(), failed: 1 }
  if (!(await setup())) return failure

  try {
    const { path, problem } = await browser(install)
    if (path === undefined) {
      console.log(`The suites in a browser are skipped: ${problem}.`)
      return noCounts()
    }
  } catch (error) {
    // A variable that names no browser is a mistake, and nothing to skip for.
    console.error(error.message)
    return failure
  }

  const { counts } = await step('suites in a browser', async () => {
    const result = await runSuites(undefined, {
      task: 'test:browser',
      args: filter === undefined ? [] : [filter],
    })
    return { ...result, note: closingLine(result.counts) }
  })
  return counts
}

async function browser(install) {
  const found = await chromium()
  if (found.path !== undefined || !install) return found
  const { passed, output } = await announce('Installing chromium', installChromium)
  if (passed) return chromium()
  const cause = output.split('\n').at(-1)
  return { problem: `${found.problem}; install the package chromium, or Google Chrome, yourself: ${cause}` }
}

function readArguments() {
  try {
    return util.parseArgs({
      options: { filter: { type: 'string' }, install: { type: 'boolean' }, help: { type: 'boolean' } },
    })
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`)
    return process.exit(2)
  }
}
