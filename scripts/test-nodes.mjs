import './toolchain/node-version.mjs'
import { addCounts, closingLine, noCounts } from './checks/counts.mjs'
import { runSmoke } from './checks/smoke.mjs'
import { setup } from './setup.mjs'
import { nodeBinary } from './toolchain/node-binary.mjs'
import { step } from './toolchain/progress.mjs'

/** The newest of each line that npm brings for every platform; the first is the oldest supported. */
const VERSIONS = ['20.19.6', '22.23.3', '24.21.0', '26.10.0']

const HELP = `Usage: npm run test:nodes [-- <version>...]

Runs the smoke scripts of apps/smoke with several Nodes: ${VERSIONS.join(', ')}.
A version may be shortened (22) or be any other that npm brings (22.20.0).`

const given = process.argv.slice(2)
if (given.includes('--help')) {
  console.log(HELP)
} else {
  const counts = await run(given.length === 0 ? VERSIONS : given.map(versionCalled))
  console.log(closingLine(counts))
  process.exitCode = counts.failed === 0 ? 0 : 1
}

async function run(versions) {
  if (!(await setup())) return { ...noCounts(), failed: 1 }

  const counts = noCounts()
  for (const version of versions) {
    const { path, problem } = await nodeBinary(version)
    const result = await step(`Node ${version}`, async () => {
      if (path === undefined) return { passed: false, output: problem, counts: { ...noCounts(), failed: 1 } }
      const smoke = await runSmoke(path)
      return { ...smoke, note: closingLine(smoke.counts) }
    })
    addCounts(counts, result.counts)
  }
  return counts
}

function versionCalled(text) {
  const pinned = VERSIONS.find((version) => version === text || version.startsWith(`${text}.`))
  if (pinned !== undefined) return pinned
  if (/^\d+\.\d+\.\d+$/.test(text)) return text
  console.error(`There is no Node "${text}" here.\n\n${HELP}`)
  return process.exit(2)
}
