import { fs, tty } from '../builtins.js'

/** Where lines go: what the writer needs of a file descriptor. */
export interface WriteTarget {
  readonly isTTY: boolean
  /** Writes bytes and returns how many were taken; throws a system error when none were. */
  write(bytes: Uint8Array, offset: number, length: number): number
}

/** The process's standard output, written synchronously and without blocking on a pipe. */
export function standardOutput(): WriteTarget {
  const isTTY = tty().isatty(1)
  if (!isTTY) makePipeNonBlocking()
  return { isTTY, write: (bytes, offset, length) => fs.writeSync(1, bytes, offset, length) }
}

/**
 * A write to a full pipe would hold the event loop until its reader wakes up. Node makes a pipe non-blocking
 * when it opens `process.stdout`; after that a full pipe says EAGAIN, which the writer can wait out.
 */
function makePipeNonBlocking(): void {
  try {
    // As bigints: Node 20 keeps the other kind, and after that of a pipe takes symbolic links for folders (realpath).
    const kind = fs.fstatSync(1, { bigint: true })
    if (kind.isFIFO() || kind.isSocket()) void process.stdout
  } catch {
    // A closed descriptor: the first write will say so.
  }
}

/** Not by `process.stderr`: where that is gone too, it would end the process by an 'error' event. */
export function sayOnStandardError(text: string): void {
  try {
    fs.writeSync(2, text)
  } catch {
    // Nobody is left to tell.
  }
}
