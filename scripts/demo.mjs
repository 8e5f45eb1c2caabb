import './toolchain/node-version.mjs'
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { setupOrExit } from './setup.mjs'
import { developmentNode } from './toolchain/capture.mjs'
import { root } from './toolchain/workspace.mjs'

await setupOrExit({ only: '@throughline/demo' })

const demo = spawn(developmentNode(), [join(root, 'apps/demo/dist/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})

// Ctrl-C in a terminal reaches the demo as well; a second one would mean "at once".
const inTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY)
process.on('SIGINT', () => inTerminal || demo.kill('SIGINT'))
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => demo.kill(signal))

// npm may be killed without a chance to pass a signal on.
const parent = process.ppid
const watch = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(watch)
  demo.kill('SIGTERM')
}, 500)
if (process.env.npm_lifecycle_event === undefined) clearInterval(watch)

demo.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
