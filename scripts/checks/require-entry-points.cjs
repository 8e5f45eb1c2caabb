/**
 * Requires every entry point of the package in the current folder, by its public name: an ESM package
 * must be usable from CommonJS too, so no module of it may have a top-level await.
 */
const { createRequire } = require('node:module')
const { join } = require('node:path')

/** These add matchers to a runner and work only inside it. */
const INSIDE_RUNNER = ['./jest', './vitest']
/** For `node --import`: they start something and wait until it runs. */
const FOR_IMPORT = ['./register']

const manifest = join(process.cwd(), 'package.json')
const { name, exports: entries } = require(manifest)
const requireFrom = createRequire(manifest)

function isForRequire(entry) {
  return !INSIDE_RUNNER.includes(entry) && !FOR_IMPORT.includes(entry)
}

for (const entry of Object.keys(entries).filter(isForRequire)) {
  const specifier = name + entry.slice(1)
  try {
    requireFrom(specifier)
  } catch (error) {
    console.error(`require('${specifier}') on Node ${process.version}: ${error.stack}`)
    process.exitCode = 1
  }
}
