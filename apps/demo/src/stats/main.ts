import { wrapCli } from '@throughline/usage'
import { statsProgram } from './program.js'
import { run } from './run.js'
import { usage } from './usage.js'

const program = statsProgram()
const commands = program.commands.map((command) => command.name())
// Off unless somebody has opted in; then it counts which command ran, and nothing that it was told.
await wrapCli(usage, () => run(program, process.argv.slice(2)), { commands })
