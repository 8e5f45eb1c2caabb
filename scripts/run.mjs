import './toolchain/node-version.mjs'
import { setupOrExit } from './setup.mjs'
import { capture } from './toolchain/capture.mjs'
import { step } from './toolchain/progress.mjs'

/** What `npm run <name>` does after the setup; the build is part of that. */
const commands = {
  build: undefined,
  format: ['oxfmt', '.'],
  lint: ['oxlint'],
}

const name = process.argv[2]
if (!Object.hasOwn(commands, name)) {
  console.error(`Usage: node scripts/run.mjs <${Object.keys(commands).join('|')}>`)
  process.exit(2)
}

await setupOrExit()
const command = commands[name]
if (command !== undefined) {
  const { passed } = await step(name, () => capture(command[0], command.slice(1)))
  process.exit(passed ? 0 : 1)
}
