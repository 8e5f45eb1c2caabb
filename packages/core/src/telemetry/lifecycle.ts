import type { Runtime } from './runtime.js'

/** What has something to hand over before the process ends. */
export interface Drain {
  flush?(): Promise<void>
  shutdown?(): Promise<void>
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/** Flushes and stops in order, within a bound, when asked to or when the process is about to end (R1.9). */
export class Lifecycle {
  readonly #drains: Drain[] = []
  #listening = false
  /** Nothing that comes now is drained any more. */
  #ended = false
  #stopped: Promise<void> | undefined

  constructor(
    /** Asked for each time: options that come later make another one. */
    private readonly runtime: () => Runtime,
    private readonly ready: () => Promise<void>,
    public timeoutMs: number,
    private readonly onStopped: () => void,
  ) {}

  /** What comes up after the end is stopped at once; settles when it is, and never rejects. */
  async add(drain: Drain): Promise<void> {
    if (this.#ended) await Promise.allSettled([drain.shutdown?.()])
    else this.#drains.push(drain)
  }

  listen(): void {
    this.#listening = true
    process.on('beforeExit', this.#onBeforeExit)
    for (const signal of SIGNALS) process.on(signal, this.#onSignal)
  }

  async flush(): Promise<void> {
    await this.#bounded((drain) => drain.flush?.())
  }

  shutdown(): Promise<void> {
    return (this.#stopped ??= this.#stop())
  }

  async #stop(): Promise<void> {
    this.#unlisten()
    await this.#bounded(async (drain) => {
      try {
        await drain.flush?.()
      } finally {
        await drain.shutdown?.()
      }
    })
    this.#ended = true
    this.runtime().close()
    this.onStopped()
  }

  #unlisten(): void {
    if (!this.#listening) return
    this.#listening = false
    process.off('beforeExit', this.#onBeforeExit)
    for (const signal of SIGNALS) process.off(signal, this.#onSignal)
  }

  readonly #onBeforeExit = (): void => {
    // Listeners of 'exit' may still write lines.
    void this.shutdown().then(() => this.runtime().flushAtExit())
  }

  /** Ends the process as the signal would have, unless the application still has a listener of its own. */
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    void (this.#hasOtherListener(signal) ? this.flush() : this.#endBy(signal))
  }

  #hasOtherListener(signal: NodeJS.Signals): boolean {
    return process.listeners(signal).some((listener) => listener !== this.#onSignal)
  }

  async #endBy(signal: NodeJS.Signals): Promise<void> {
    await this.shutdown()
    if (!this.#hasOtherListener(signal)) process.kill(process.pid, signal)
  }

  /** What is still loading may hold records: it is waited for. */
  async #drain(step: (drain: Drain) => Promise<void> | void): Promise<void> {
    await this.ready()
    const steps = [...this.runtime().sinks, ...this.#drains].map(async (drain) => {
      await step(drain)
    })
    await Promise.allSettled(steps)
  }

  async #bounded(step: (drain: Drain) => Promise<void> | void): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const bound = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.timeoutMs)
    })
    const work = Promise.allSettled([this.#drain(step), this.runtime().writer.drained()])
    await Promise.race([work, bound])
    clearTimeout(timer)
  }
}
