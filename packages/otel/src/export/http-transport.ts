import type { Agent } from 'node:http'
import { util, zlib } from '../builtins.js'
import { SCOPE } from '../instrumentation-scope.js'
import { attempt, type AttemptResult } from './http-attempt.js'
import type { HttpOptions } from './http-options.js'

const FIRST_BACKOFF_MS = 1_000
const LONGEST_BACKOFF_MS = 5_000
/** How much shorter pauses are while somebody waits. */
const HURRY = 10
/** A collector may ask for patience, not for silence. */
const LONGEST_RETRY_AFTER_MS = 60_000
const USER_AGENT = `throughline/${SCOPE.version} OTel-OTLP-Exporter-JavaScript`

/**
 * OTLP over HTTP that can be stopped.
 *
 * The official transport repeats what failed behind timers and sockets that keep the process alive, and knows no way to
 * end early. This one holds nothing, honours `Retry-After` for all exports of its signal, and stops at once.
 */
export class HttpTransport {
  readonly #aborts = new Set<(reason: Error) => void>()
  readonly #sleepers = new Set<Sleeper>()
  #agent: Agent | undefined
  #notBefore = 0
  #stopped: Error | undefined
  /** Somebody waits: an unreachable collector is not waited for. */
  hurried = false

  /** @param onTrouble is told of every attempt that failed and is made again, with its number from 1 */
  constructor(
    private readonly options: HttpOptions,
    private readonly onTrouble: (error: Error, attempts: number) => void,
  ) {}

  /** Sends until it worked, will not work, or the time is over. Never rejects. */
  async send(data: Uint8Array, timeoutMs: number): Promise<AttemptResult> {
    const deadline = performance.now() + timeoutMs
    try {
      const zipped = this.options.compression === 'gzip'
      const headers = {
        ...this.options.headers,
        'Content-Type': 'application/x-protobuf',
        'User-Agent': USER_AGENT,
        ...(zipped && { 'Content-Encoding': 'gzip' }),
      }
      const body = zipped ? await util().promisify(zlib().gzip)(data) : data
      this.#agent ??= this.options.createAgent()
      return await this.#sendUntil(deadline, this.#agent, headers, body)
    } catch (error) {
      return { status: 'failure', error: error as Error }
    }
  }

  /** Has backoffs end now; `Retry-After` is honoured all the same. */
  hurry(): void {
    this.hurried = true
    for (const sleeper of this.#sleepers) if (!sleeper.asked) sleeper.wake()
  }

  /** Ends what is under way and refuses what comes. */
  stop(reason: Error): void {
    this.#stopped = reason
    for (const abort of this.#aborts) abort(reason)
    for (const sleeper of this.#sleepers) sleeper.wake()
    this.#agent?.destroy()
  }

  async #sendUntil(
    deadline: number,
    agent: Agent,
    headers: Record<string, string>,
    body: Uint8Array,
  ): Promise<AttemptResult> {
    let backoff = FIRST_BACKOFF_MS
    let last: AttemptResult | undefined
    for (let attempts = 1; ; attempts++) {
      const wait = Math.max(0, this.#notBefore - performance.now())
      if (performance.now() + wait >= deadline) return last ?? tooEarly(wait)
      if (wait > 0) await this.#sleep(wait, true)
      if (this.#stopped !== undefined) return { status: 'failure', error: this.#stopped }
      const timeoutMs = Math.max(1, Math.ceil(deadline - performance.now()))
      const result = await this.#attempt({ url: this.options.url, agent, headers, body, timeoutMs })
      if (result.status !== 'retryable') return result
      last = result
      this.onTrouble(result.error, attempts)
      if (this.hurried && result.unreachable === true) return result
      if (result.retryAfterMs !== undefined) this.#waitFor(result.retryAfterMs)
      else {
        const pause = (backoff * (0.8 + Math.random() * 0.4)) / (this.hurried ? HURRY : 1)
        if (performance.now() + pause >= deadline) return result
        await this.#sleep(pause, false)
        backoff = Math.min(backoff * 1.5, LONGEST_BACKOFF_MS)
      }
    }
  }

  async #attempt(options: Parameters<typeof attempt>[0]): Promise<AttemptResult> {
    let end: ((reason: Error) => void) | undefined
    try {
      return await attempt(options, (abort) => {
        end = abort
        this.#aborts.add(abort)
      })
    } finally {
      if (end !== undefined) this.#aborts.delete(end)
    }
  }

  #waitFor(ms: number): void {
    this.#notBefore = performance.now() + Math.min(ms, LONGEST_RETRY_AFTER_MS)
  }

  async #sleep(ms: number, asked: boolean): Promise<void> {
    if (this.#stopped !== undefined) return
    let sleeper: Sleeper | undefined
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref()
      const wake = (): void => {
        clearTimeout(timer)
        resolve()
      }
      sleeper = { asked, wake }
      this.#sleepers.add(sleeper)
    })
    if (sleeper !== undefined) this.#sleepers.delete(sleeper)
  }
}

interface Sleeper {
  /** The collector asked for this pause. */
  readonly asked: boolean
  readonly wake: () => void
}

function tooEarly(ms: number): AttemptResult {
  return {
    status: 'failure',
    error: new Error(`the collector asked to wait for another ${Math.ceil(ms)} ms`),
  }
}
