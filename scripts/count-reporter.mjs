import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How long a process may take to end after its last test; what is in order ends at once. */
const LINGER_MS = 10_000

/** Leaves `test-results.json` beside the package, which `npm test` sums over all packages. */
export default class CountReporter {
  constructor(config) {
    this.rootDir = config.rootDir
  }

  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    }
    writeFileSync(join(this.rootDir, 'test-results.json'), `${JSON.stringify(counts)}\n`)
    setTimeout(endLingering, LINGER_MS).unref()
  }
}

/** A server or socket that a test left open would keep the whole run waiting for ever. */
function endLingering() {
  const resources = process.getActiveResourcesInfo().join(', ')
  console.error(`The suite is over, but something that a test left open keeps its process: ${resources}`)
  process.exit(1)
}
