import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

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
  }
}
