import { processUsage, usedBetween } from './process-usage.mjs'

/**
 * The side of a variant: a script that the runner starts as a process of its own.
 *
 * It reports on file descriptor 3, one JSON object a line. A pipe needs nothing but `fs`, and that only when the
 * usage has been read: to import it, or to open an IPC channel, would load half of what a start is measured for.
 */
const REPORTS = 3

/** How long a process may take to end once nobody talks to it. */
const GRACE_MS = 5_000

/** How often the work of one run is to be done. */
export const units = Number(process.env.BENCH_UNITS ?? 100)

/** How often it is done before the measurement, for the compiler to settle. */
export const warmUpUnits = Number(process.env.BENCH_WARM_UP ?? 10)

export function report(message) {
  process.getBuiltinModule('node:fs').writeSync(REPORTS, `${JSON.stringify(message)}\n`)
}

/** Reports everything that this process has used since it was started. */
export function reportStart() {
  report({ used: processUsage(), units: 1 })
}

/**
 * Measures `work(times)`, which does its work so many times, flush included: what is still queued is not done.
 */
export async function measure(work, { flush } = {}) {
  await work(warmUpUnits)
  await flush?.()
  const before = processUsage()
  await work(units)
  await flush?.()
  report({ used: usedBetween(before, processUsage()), units })
}

/** Reports a server's port, then what it has used each time the runner asks on standard input. */
export function serve(port, { flush, close } = {}) {
  report({ port })
  listenForCommands((command) => answer(command, flush, close))
}

/** What lives on the heap, in MB, once everything else is collected; needs `--expose-gc`. */
export async function settledHeap() {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    globalThis.gc()
  }
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1_000_000
}

/** Calls `take` for each line that the runner writes; when the runner is gone, so is this process. */
export function listenForCommands(take) {
  process.stdin.setEncoding('utf8')
  process.stdin.on('data', (text) => {
    for (const command of text.trim().split('\n')) void take(command)
  })
  process.stdin.on('end', () => setTimeout(() => process.exit(0), GRACE_MS).unref())
}

async function answer(command, flush, close) {
  await flush?.()
  if (command === 'usage') return report(processUsage())
  if (command === 'heap') return report({ heap: await settledHeap() })
  await close?.()
  return process.exit(0)
}
