import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { capture } from '../toolchain/capture.mjs'
import { noCounts } from './counts.mjs'
import { root, workspacePackages } from '../toolchain/workspace.mjs'

const REQUIRE = fileURLToPath(new URL('require-entry-points.cjs', import.meta.url))
const FOLDER = join(root, 'apps', 'smoke', 'src')
/** What a script waits for comes at once or never. */
const BOUND_MS = 60_000

/** Runs every smoke script, and require() of every published package, with this Node. */
export async function runSmoke(node) {
  const counts = noCounts()
  let output = ''
  for (const { name, file, cwd } of scripts()) {
    const result = await capture(node, ['--no-warnings', file], {
      cwd,
      env: environment(),
      timeout: BOUND_MS,
    })
    counts[result.passed ? 'passed' : 'failed'] += 1
    if (!result.passed) output += `${name}\n${result.output}\n`
  }
  return { passed: counts.failed === 0, output, counts }
}

function scripts() {
  const smoke = readdirSync(FOLDER).filter((name) => name.endsWith('.smoke.mjs'))
  const published = workspacePackages().filter(({ manifest }) => manifest.private !== true)
  return [
    ...smoke.map((name) => ({ name, file: join(FOLDER, name), cwd: FOLDER })),
    ...published.map(({ name, folder }) => ({
      name: `require ${name}`,
      file: REQUIRE,
      cwd: join(root, folder),
    })),
  ]
}

/** The caller's own settings of telemetry would change what the scripts see. */
function environment() {
  const foreign = /^(?:LOG_|OTEL_|TELEMETRY_|STRUCTURED_|POSTHOG_|NODE_ENV$|NODE_OPTIONS$)/
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return { ...Object.fromEntries(own), LOG_FORMAT: 'json', LOG_LEVEL: 'info' }
}
