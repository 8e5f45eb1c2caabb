import os from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { capture } from '../toolchain/capture.mjs'
import { inTurns } from '../toolchain/in-turns.mjs'
import { root, workspacePackages } from '../toolchain/workspace.mjs'

const REQUIRE = fileURLToPath(new URL('require-entry-points.cjs', import.meta.url))

/** Whether every package that is published can be installed, typed, imported and required. */
export async function checkPublish() {
  const packages = workspacePackages().filter(({ manifest }) => manifest.private !== true)
  const results = await inTurns(os.availableParallelism(), packages, checkPackage)
  return {
    passed: results.every(({ passed }) => passed),
    output: results.map(({ output }) => output).join(''),
  }
}

/** One tool after the other: both pack the package into its folder. */
async function checkPackage({ name, folder }) {
  let output = ''
  for (const [command, ...args] of [
    ['publint', '--strict'],
    ['attw', '--profile', 'esm-only', '--no-emoji', '--pack', '.'],
    // Not the pinned Node: the one that people start the command with.
    [process.execPath, '--no-warnings', REQUIRE],
  ]) {
    const result = await capture(command, args, { cwd: join(root, folder) })
    if (!result.passed) output += `${name}: ${command}\n${result.output}\n`
  }
  return { passed: output === '', output }
}
