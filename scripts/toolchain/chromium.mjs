import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { capture } from './capture.mjs'
import { root } from './workspace.mjs'

const FINDER = join(root, 'apps', 'browser', 'dist', 'find-browser.js')

/** The browser that suites run in, `{ path }`, or why there is none, `{ problem }`; the workspace has been built. */
export async function chromium() {
  const { BROWSER_VARIABLE, findBrowser } = await import(pathToFileURL(FINDER).href)
  const path = findBrowser()
  if (path === undefined)
    return { problem: `no Chromium or Chrome was found (${BROWSER_VARIABLE} names one)` }
  // Some distributions have a command of that name that does nothing but ask for another package.
  const { passed, output } = await capture(path, ['--version'])
  return passed ? { path } : { problem: `${path} does not start: ${output.split('\n')[0]}` }
}

/** Installs Debian's; `{ passed, output }`. */
export async function installChromium() {
  if (process.getuid?.() !== 0) return { passed: false, output: 'installing a package takes root' }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const updated = await capture('apt-get', ['update'], { env })
  if (!updated.passed) return updated
  return capture('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env })
}
