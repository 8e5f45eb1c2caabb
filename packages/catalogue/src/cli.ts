#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { EXIT } from './command/exit-code.js'
import { run } from './command/run.js'

// The young generation grows fourfold at a time otherwise, for garbage that a scan hardly makes: 100 MB more at the peak.
setFlagsFromString('--semi-space-growth-factor=1')

/** A reader that has seen enough, such as `head`, is no error; any other end of a stream is one. */
function closed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.exitCode = EXIT.unable
  process.stderr.write(`error: the output cannot be written (${error.code ?? error.message})\n`)
}

process.stdout.on('error', closed)
process.stderr.on('error', () => {})

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const code = await run(process.argv.slice(2), {
  version,
  terminal: { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr },
  loadScanner: async () => (await import('./scan/scan.js')).scan,
})
// Not process.exit: what is still on its way into a pipe would be lost.
process.exitCode = Math.max(Number(process.exitCode ?? 0), code)
