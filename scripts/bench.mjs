import './toolchain/node-version.mjs'
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { setupOrExit } from './setup.mjs'
import { developmentNode } from './toolchain/capture.mjs'
import { root } from './toolchain/workspace.mjs'

await setupOrExit()

const bench = spawn(developmentNode(), [join(root, 'apps/bench/src/main.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
bench.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
