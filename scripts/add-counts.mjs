import { closingLine, sumClosingLines } from './checks/counts.mjs'

/** Sums up closing lines given as arguments; a command that ended without one counts as one failure. */
const sum = sumClosingLines(process.argv.slice(2))
console.log(closingLine(sum))
process.exitCode = sum.failed === 0 ? 0 : 1
