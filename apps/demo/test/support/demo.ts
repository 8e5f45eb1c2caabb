import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { processesWith } from './processes.js'

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
/** What would change the demo's servers, lines or pages. */
const FOREIGN =
  /^(?:LOG_|OTEL_|POSTHOG_|TELEMETRY_|STRUCTURED_|DATABASE_URL$|REDIS_URL$|PORT$|POINTS_PER_PICK$|DEBUG$|FORCE_COLOR$|NODE_)/

/** The demo as a child process; all that it starts and stores names its folder. */
export class Demo {
  readonly folder = mkdtempSync(join(tmpdir(), 'demo-test-'))
  output = ''
  errors = ''
  /** Exit code and signal. */
  readonly ended: Promise<unknown[]>
  readonly #child: ChildProcess

  constructor(args: string[] = [], env: NodeJS.ProcessEnv = {}) {
    chmodSync(this.folder, 0o755)
    const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))
    this.#child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...Object.fromEntries(own), ...env, TMPDIR: this.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.errors += text))
    this.ended = once(this.#child, 'close')
  }

  /** Waits, as long as the test may take, for text in the output. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.output)
      if (found !== null) return found
      if (this.#child.exitCode !== null) throw new Error(`The demo has ended:\n${this.output}${this.errors}`)
      await sleep(10)
    }
  }

  /** The lines that are JSON, as `--serve` passes them through. */
  get records(): Record<string, unknown>[] {
    return this.output
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** What it has started, or stored in temporary folders, and has not taken away. */
  get leftovers(): string[] {
    return [...readdirSync(this.folder), ...processesWith(this.folder)]
  }

  /** For the end of a test, also of one that failed half way. */
  async dispose(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.kill('SIGTERM')
    await this.ended
    while (processesWith(this.folder).length > 0) await sleep(20)
    rmSync(this.folder, { recursive: true, force: true })
  }
}
