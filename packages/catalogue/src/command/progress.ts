import type { Terminal } from './terminal.js'

/** A scan that is done sooner shows nothing. */
const QUIET_MS = 1_000
const EVERY_MS = 100

/** A line that tells how far the scan is. */
export interface Progress {
  update(done: number, total: number): void
  clear(): void
}

/** The line is rewritten in place, on a terminal alone: a log of a build would keep every state of it. */
export function createProgress({ stderr, env }: Terminal, now: () => number = Date.now): Progress {
  const isShown = stderr.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb'
  const start = now()
  let written: number | undefined
  return {
    update(done, total) {
      const time = now()
      if (!isShown || time - start < QUIET_MS || (written !== undefined && time - written < EVERY_MS)) return
      stderr.write(`\r\u001b[K${`reading ${done} of ${total} files`.slice(0, (stderr.columns ?? 80) - 1)}`)
      written = time
    },
    clear() {
      if (written !== undefined) stderr.write('\r\u001b[K')
      written = undefined
    },
  }
}
