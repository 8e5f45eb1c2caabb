import { HELP, readCommandLine } from './command-line.js'
import { perform } from './perform.js'

try {
  const { mode, ...ports } = readCommandLine(process.argv.slice(2), process.env)
  if (mode === 'help') console.log(HELP)
  else await perform({ mode, ...ports })
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\nSee npm run demo -- --help`)
  process.exitCode = 2
}
