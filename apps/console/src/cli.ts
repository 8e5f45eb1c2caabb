#!/usr/bin/env node
import { constants } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { EXIT } from './command/exit-code.js'
import { run } from './command/run.js'
import { packageVersion } from './package.js'

// By itself, V8 lets the heap grow to several times what is kept before it collects.
setFlagsFromString('--heap-growing-percent=50')

// Whoever reads the output may leave; the console goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const { env, stdout, stderr } = process
const started = await run(process.argv.slice(2), {
  version: packageVersion(),
  terminal: { env, stdout, stderr },
})

if (typeof started === 'number') {
  // Not process.exit: what is still on its way into a pipe would be lost.
  process.exitCode = started
} else {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    let isFirst = true
    process.on(signal, () => {
      // Twice means at once.
      if (!isFirst) process.exit(128 + constants.signals[signal])
      isFirst = false
      void started.close().then(() => process.exit(EXIT.fine))
    })
  }
}
