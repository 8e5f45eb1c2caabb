import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Ready } from '../shared/parent-process.js'
import type { Stoppable } from './started.js'

export type ProcessName = 'api' | 'worker'

/** Longer than any drain of this service. */
const STOP_BOUND_MS = 10_000
/** Lines kept to say why it ended. */
const KEPT_LINES = 12

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
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A process group of its own: Ctrl-C reaches this process only, which stops all in order.
      detached: process.platform !== 'win32',
    })
    this.pid = this.#child.pid
    this.#ended = once(this.#child, 'close').catch((error: unknown) => [error])
    this.ready = once(this.#child, 'message').then(([message]) => message as Ready)
    this.crashed = this.#ended.then((ending) => this.#crash(ending))
    for (const promise of [this.ready, this.crashed]) promise.catch(() => undefined)
    this.#read(this.#child.stdout!, onLine)
    this.#read(this.#child.stderr!, () => undefined)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#child.connected) this.#child.disconnect()
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), STOP_BOUND_MS)
    await this.#ended
    clearTimeout(kill)
  }

  #read(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      if (this.#lastLines.push(line) > KEPT_LINES) this.#lastLines.shift()
      onLine(line)
    })
  }

  #crash(ending: unknown[]): Promise<never> {
    if (this.#stopping) return new Promise(() => undefined)
    const [code, signal] = ending
    const how = signal ?? (typeof code === 'number' ? `exit code ${code}` : code)
    const lines = this.#lastLines.map((line) => `  ${line}`).join('\n')
    throw new Error(`The ${this.name} process ended by itself (${String(how)}). Its last lines:\n${lines}`)
  }
}
