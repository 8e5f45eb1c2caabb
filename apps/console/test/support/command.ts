import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { atEnd } from './test-server.js'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** The command as a process of its own. */
export class Command {
  out = ''
  err = ''
  readonly ended: Promise<number | NodeJS.Signals>
  readonly #child: ChildProcess

  constructor(args: readonly string[], env: Record<string, string> = {}, cwd?: string) {
    this.#child = spawn(process.execPath, [CLI, ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    })
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()))
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()))
    this.ended = new Promise((resolve) =>
      this.#child.on('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL')),
    )
    atEnd(() => this.#child.kill('SIGKILL'))
  }

  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    this.#child.kill(signal)
    return this.ended
  }

  /** The port that it says it listens on. */
  async port(): Promise<number> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const port = /endpoint {2}http:\/\/[^\s]*:(\d+)\n[\s\S]*Ctrl-C/.exec(this.out)?.[1]
        if (port !== undefined) resolve(Number(port))
      }
      this.#child.stdout?.on('data', look)
      void this.ended.then((code) => reject(new Error(`The command ended with ${code}: ${this.err}`)))
      look()
    })
  }
}
