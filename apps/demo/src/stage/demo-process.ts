import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Ready } from '../shared/parent-process.js'
import { isTraced } from './process-env.js'
import type { Stoppable } from './started.js'

export type ProcessName = 'api' | 'worker'

const REGISTER = import.meta.resolve('@throughline/otel/register')

/** Longer than any drain of this service. */
const STOP_BOUND_MS = 10_000
/** Lines kept to say why it ended. */
const KEPT_LINES = 8
/** Of an uncaught error the text is enough. */
const STACK_FRAME = /^\s+at |^\s*$/

/** The API or the worker: a process that lets go of everything when its channel to this one closes. */
export class DemoProcess implements Stoppable {
  readonly pid: number | undefined
  readonly ready: Promise<Ready>
  /** Rejects when the process ends without having been asked to; never resolves. */
  readonly crashed: Promise<never>
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown[]>
  readonly #lastLines: string[] = []
  #stopping = false

  constructor(
    readonly name: ProcessName,
    env: NodeJS.ProcessEnv,
    onLine: (line: string) => void,
  ) {
    const entry = fileURLToPath(new URL(`../${name}/main.js`, import.meta.url))
    this.#child = fork(entry, {
      env,
      // First of all, so that the drivers of PostgreSQL and Redis make spans.
      execArgv: [...process.execArgv, ...(isTraced(env) ? ['--import', REGISTER] : [])],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A process group of its own: Ctrl-C reaches this process only, which stops all in order.
      detached: process.platform !== 'win32',
    })
    this.pid = this.#child.pid
    this.#ended = ended(this.#child).catch((error: unknown) => [error])
    this.ready = once(this.#child, 'message').then(([message]) => message as Ready)
    this.crashed = this.#ended.then((ending) => this.#crash(ending))
    for (const promise of [this.ready, this.crashed]) promise.catch(() => undefined)
    readLines(this.#child.stdout!, onLine)
    // Where Node writes what nobody caught.
    readLines(this.#child.stderr!, (line) => this.#keep(line))
  }

  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#child.connected) this.#child.disconnect()
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), STOP_BOUND_MS)
    await this.#ended
    clearTimeout(kill)
  }

  #keep(line: string): void {
    if (STACK_FRAME.test(line)) return
    if (this.#lastLines.push(line) > KEPT_LINES) this.#lastLines.shift()
  }

  #crash(ending: unknown[]): Promise<never> {
    if (this.#stopping) return new Promise(() => undefined)
    const [code, signal] = ending
    const how = signal ?? (typeof code === 'number' ? `exit code ${code}` : code)
    const lines = this.#lastLines.map((line) => `  ${line}`)
    throw new Error([`The ${this.name} process ended by itself (${String(how)}).`, ...lines].join('\n'))
  }
}

function readLines(input: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  createInterface({ input, crlfDelay: Infinity }).on('line', onLine)
}

/** `close` would say the same, but Node leaves it out for a child that was disconnected from this side. */
async function ended(child: ChildProcess): Promise<unknown[]> {
  const [exit] = await Promise.all([
    once(child, 'exit'),
    once(child.stdout!, 'close'),
    once(child.stderr!, 'close'),
  ] as const)
  return exit
}
