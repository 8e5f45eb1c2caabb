import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openPipe } from './pipe.mjs'

const FOLDER = fileURLToPath(new URL('..', import.meta.url))

/** A run takes a few seconds; one that hangs is an error of the benchmark. */
const BOUND_MS = 180_000

/** A variant that runs in a process of its own, and what it reports. */
export class Child {
  #process
  #pipe
  #reports = []
  #waiting = []
  #errors = ''
  #problem
  #ended

  /**
   * @param {string} script path of the script
   * @param {{ env?: Record<string, string>, nodeArguments?: string[], output?: 'ignore' | 'pipe', boundMs?: number }} options
   *   `ignore` gives it /dev/null as standard output
   */
  constructor(script, { env = {}, nodeArguments = [], output = 'ignore', boundMs = BOUND_MS } = {}) {
    if (output === 'pipe') this.#pipe = openPipe()
    this.#process = spawn(process.execPath, [...nodeArguments, script], {
      // What `--import` names is looked for from here.
      cwd: FOLDER,
      env: environment(env),
      stdio: ['pipe', this.#pipe?.writing ?? 'ignore', 'pipe', 'pipe'],
    })
    this.#pipe?.release()
    const bound = setTimeout(() => this.#process.kill('SIGKILL'), boundMs)
    this.#process.stderr.setEncoding('utf8').on('data', (text) => (this.#errors += text))
    createInterface({ input: this.#process.stdio[3] }).on('line', (line) => this.#take(JSON.parse(line)))
    this.#ended = new Promise((resolve) => {
      this.#process.on('close', (code, signal) => {
        clearTimeout(bound)
        const problem = code === 0 ? undefined : `${script} ended with ${signal ?? code}\n${this.#errors}`
        this.#problem = new Error(problem ?? `${script} said nothing`)
        for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#problem)
        resolve(problem)
      })
    })
    this.#process.stdin.on('error', () => {})
  }

  /** What it writes, where `output` is `pipe`. */
  get output() {
    return this.#pipe?.reader
  }

  /** Its next report. */
  next() {
    if (this.#reports.length > 0) return Promise.resolve(this.#reports.shift())
    if (this.#problem !== undefined) return Promise.reject(this.#problem)
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  ask(command) {
    this.#process.stdin.write(`${command}\n`)
    return this.next()
  }

  /** Waits for its end, after telling it so where it is a server. */
  async end({ tell = false } = {}) {
    if (tell) this.#process.stdin.end('end\n')
    const problem = await this.#ended
    if (problem !== undefined) throw new Error(problem)
  }

  /** For when something else went wrong. */
  kill() {
    this.#process.kill('SIGKILL')
  }

  #take(message) {
    const waiting = this.#waiting.shift()
    if (waiting === undefined) this.#reports.push(message)
    else waiting.resolve(message)
  }
}

/** The caller's own settings of telemetry would change what is measured. */
function environment(env) {
  const foreign = /^(?:LOG_|OTEL_|TELEMETRY_|STRUCTURED_|POSTHOG_|NODE_|npm_)/
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return { ...Object.fromEntries(own), NODE_ENV: 'production', LOG_LEVEL: 'info', ...env }
}
