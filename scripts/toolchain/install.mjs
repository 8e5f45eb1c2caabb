import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture, toolEnvironment } from './capture.mjs'
import { announce } from './progress.mjs'
import { readManifest, root, workspacePackages } from './workspace.mjs'

const stamp = join(root, 'node_modules', '.throughline-installed')

/** Installs what the lockfile says, unless that is what was installed last. */
export async function install() {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { passed: true, output: '' }

  const version = readManifest().devDependencies.pnpm
  const result = await announce(`Installing dependencies with pnpm ${version}`, () => runPnpm(version))
  if (result.passed) writeFileSync(stamp, wanted)
  return result
}

/** The pinned pnpm from npm; the installed one, where it is that version, starts faster. */
async function runPnpm(version) {
  // CI: never ask, as when node_modules of another layout have to go.
  const options = { env: { ...toolEnvironment(), CI: 'true' } }
  const args = ['install', '--frozen-lockfile']
  const installed = await capture('pnpm', ['--version'])
  return installed.passed && installed.output === version
    ? capture('pnpm', args, options)
    : capture('npx', ['--yes', `pnpm@${version}`, ...args], options)
}

/** Changes with whatever may change what an installation brings. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  const manifests = ['.', ...workspacePackages().map(({ folder }) => folder)].map(
    (folder) => `${folder}/package.json`,
  )
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', ...manifests]) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}
