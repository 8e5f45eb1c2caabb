import type { LastExport } from './ending.js'

/** How long the process may be held up (U6). */
const BOUND_MS = 2_000

/** What the thread of `sender.ts` is given. */
export interface SenderData {
  readonly usage: readonly LastExport[]
  /** Becomes 1 when all is done. */
  readonly done: Int32Array
}

/**
 * Sends while nothing else runs any more, such as in listeners of `exit`: another thread does it, this one waits.
 *
 * Where there can be no such thread, what is left is lost. Never throws.
 */
export function sendLast(usage: readonly LastExport[]): void {
  if (usage.length === 0) return
  try {
    const { Worker } = process.getBuiltinModule('node:worker_threads')
    const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const worker = new Worker(new URL(import.meta.resolve('@throughline/usage/sender')), {
      workerData: { usage, done } satisfies SenderData,
      // Neither what the application preloads nor its settings of OpenTelemetry, nor a word on its console.
      execArgv: [],
      env: {},
      stdout: true,
      stderr: true,
    })
    worker.on('error', () => {})
    worker.unref()
    Atomics.wait(done, 0, 0, BOUND_MS)
    void worker.terminate()
  } catch {
    // A bundle without that file, a runtime without threads, or no permission for them.
  }
}
