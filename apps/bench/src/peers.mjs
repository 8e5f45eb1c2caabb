import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = new URL('../peers/', import.meta.url)
const stamp = new URL('node_modules/.installed', folder)

/** Loads a package that is compared with: these are installed beside the workspace, for the benchmarks alone. */
export const requirePeer = createRequire(new URL('package.json', folder))

/** Whether what the lockfile names is there. */
export function arePeersInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()
}

/**
 * Installs it, with npm: it is no part of the workspace.
 *
 * By `install`, which keeps to the lockfile too: `ci` wants optional packages of platforms that some registries lack.
 */
export function installPeers() {
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = spawnSync('npm', ['install', ...options], {
    cwd: fileURLToPath(folder),
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) throw new Error('The packages to compare with could not be installed.')
  writeFileSync(stamp, fingerprint())
}

function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(new URL('package-lock.json', folder)))
    .digest('hex')
}
