import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a child process ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface ChildOptions {
  readonly args?: readonly string[]
  /** Options of Node itself. */
  readonly node?: readonly string[]
  readonly env?: Record<string, string>
  /** Called with what it has printed so far. */
  readonly onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** Runs a script of `test/fixtures` against the built package, with no environment but the given one. */
export function runChild(
  script: string,
  { args = [], node = [], env = {}, onOutput }: ChildOptions = {},
): Promise<Ended> {
  const file = fileURLToPath(new URL(`../fixtures/${script}`, import.meta.url))
  const child = spawn(process.execPath, [...node, file, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { PATH: process.env['PATH'] ?? '', LOG_FORMAT: 'json', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString()
    onOutput?.(stdout, (signal) => child.kill(signal))
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}
