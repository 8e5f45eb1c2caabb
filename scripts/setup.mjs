import { install } from './toolchain/install.mjs'
import { announce } from './toolchain/progress.mjs'
import { turbo } from './toolchain/turbo.mjs'
import { workspacePackages } from './toolchain/workspace.mjs'

/**
 * Makes a checkout ready to run: installs, builds. Done already = done in a moment.
 * `only` builds one package and what it depends on. False, after telling why, when that did not work.
 */
export async function setup({ only } = {}) {
  const installed = await install()
  if (!installed.passed) return fail(installed.output, 'The dependencies could not be installed.')

  const count = workspacePackages().filter(({ manifest }) => manifest.scripts?.build).length
  const what = only === undefined ? `${count} packages` : `${only} and what it needs`
  const filter = only === undefined ? [] : [`--filter=${only}...`]
  const built = await announce(`Building ${what}`, () => turbo('build', ...filter))
  return built.passed || fail(built.output, 'The build failed.')
}

/** For commands that can do nothing without it. */
export async function setupOrExit(options) {
  if (!(await setup(options))) process.exit(1)
}

function fail(...paragraphs) {
  console.error(paragraphs.join('\n'))
  return false
}
