import { addCounts, closingLine, noCounts, readClosingLine } from './checks/counts.mjs'

/** Sums up closing lines given as arguments; a command that ended without one counts as one failure. */
const sum = noCounts()
for (const line of process.argv.slice(2)) addCounts(sum, readClosingLine(line))
console.log(closingLine(sum))
process.exitCode = sum.failed === 0 ? 0 : 1
