import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { developmentNode } from './capture.mjs'
import { root } from './workspace.mjs'

/** Runs a program of the workspace with the arguments of this one until either is ended; signals are passed on. */
export function runApp(path) {
  const app = spawn(developmentNode(), [join(root, path), ...process.argv.slice(2)], { stdio: 'inherit' })

  // Ctrl-C in a terminal reaches the program as well; a second one would mean "at once".
  const inTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY)
  process.on('SIGINT', () => inTerminal || app.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal))

  // npm may be killed without a chance to pass a signal on.
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    app.kill('SIGTERM')
  }, 500)
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch)

  app.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
