import type { WriteTarget } from './target.js'

/** What a batch is encoded into as long as nothing waits: an array of its own for each costs as much as the encoding. */
const SCRATCH = 65_536
/** Bytes that UTF-8 needs at most for a UTF-16 unit. */
const WIDEST = 3
/** A batch is written when it has this many characters, or when the turn ends. */
const BATCH = 16_384
/** What a reader that has stalled may leave waiting; lines beyond it are dropped and counted. */
const MOST_WAITING = 8 * 1024 * 1024
const RETRY_MS = 10
/** How long the end of the process waits for a reader that takes nothing. */
const LAST_WAIT_MS = 2_000
const LAST_WAIT_STEP_MS = 5

/** Told what was lost: when lines get through again after a loss, and once when the reader is gone for good. */
export interface LossListener {
  recovered(lines: number, code: string): void
  gone(code: string): void
}

const UTF8 = new TextEncoder()

interface Chunk {
  bytes: Uint8Array
  readonly lines: number
  from: number
}

/**
 * Writes lines in batches: at the end of the turn or at 16 KiB, at once when told to and on a terminal.
 *
 * It never throws, never sleeps while the loop runs, and never holds more than 8 MiB: a slow reader costs lines,
 * which are counted, not memory. Lines of the current turn are lost on SIGKILL, abort or an unhandled signal.
 */
export class LineWriter {
  #batch = ''
  #lines = 0
  #scratch: Uint8Array | undefined
  #waiting: Chunk[] = []
  #waitingBytes = 0
  #scheduled = false
  #retrying = false
  /** The error code by which the reader went away. */
  #gone: string | undefined
  /** A line was cut off in the middle: the next one must start on a line of its own. */
  #torn = false
  #untold = 0
  #lastCode = ''
  /** Lines handed to the operating system since the start. */
  written = 0
  /** Lines lost since the start. */
  dropped = 0

  constructor(
    private readonly target: WriteTarget,
    private readonly losses: LossListener,
  ) {}

  /** Takes one line with its newline. */
  write(line: string, atOnce: boolean): void {
    this.#batch += line
    this.#lines++
    if (atOnce || this.#batch.length >= BATCH || this.target.isTTY) {
      this.flush()
    } else if (!this.#scheduled) {
      this.#scheduled = true
      setImmediate(this.#endOfTurn).unref()
    }
  }

  /** Writes what can be written without waiting. */
  flush(): void {
    this.#takeBatch()
    this.#drain()
    this.#keepWaiting()
  }

  /** Whether lines wait for a reader that has stalled. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** Settles when all is written, or when the reader has taken nothing for two seconds. */
  async drained(): Promise<void> {
    this.flush()
    let left = this.#waitingBytes
    let deadline = Date.now() + LAST_WAIT_MS
    while (this.isWaiting && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, LAST_WAIT_STEP_MS))
      this.#drain()
      if (this.#waitingBytes < left) deadline = Date.now() + LAST_WAIT_MS
      left = this.#waitingBytes
    }
  }

  /** As `drained`, but holds the thread: only for the end of the process, where nothing else runs any more. */
  flushAtExit(): void {
    this.flush()
    const clock = new Int32Array(new SharedArrayBuffer(4))
    let left = this.#waitingBytes
    let deadline = Date.now() + LAST_WAIT_MS
    while (this.isWaiting && Date.now() < deadline) {
      Atomics.wait(clock, 0, 0, LAST_WAIT_STEP_MS)
      this.#drain()
      if (this.#waitingBytes < left) deadline = Date.now() + LAST_WAIT_MS
      left = this.#waitingBytes
    }
  }

  readonly #endOfTurn = (): void => {
    this.#scheduled = false
    this.flush()
  }

  readonly #tryAgain = (): void => {
    this.#retrying = false
    this.#drain()
  }

  #takeBatch(): void {
    const lines = this.#lines
    if (lines === 0) return
    const bytes = this.#encode(this.#torn ? `\n${this.#batch}` : this.#batch)
    this.#batch = ''
    this.#lines = 0
    if (this.#gone !== undefined) {
      this.#drop(lines, this.#gone)
    } else if (this.#waitingBytes > 0 && this.#waitingBytes + bytes.length > MOST_WAITING) {
      this.#drop(lines, 'EAGAIN')
    } else {
      this.#torn = false
      this.#waiting.push({ bytes, lines, from: 0 })
      this.#waitingBytes += bytes.length
    }
  }

  #encode(text: string): Uint8Array {
    if (this.#waiting.length > 0 || text.length * WIDEST > SCRATCH) return Buffer.from(text)
    this.#scratch ??= new Uint8Array(SCRATCH)
    return this.#scratch.subarray(0, UTF8.encodeInto(text, this.#scratch).written)
  }

  /** What could not be written at once must outlive the next batch. */
  #keepWaiting(): void {
    const [first] = this.#waiting
    if (first !== undefined && first.bytes.buffer === this.#scratch?.buffer) first.bytes = first.bytes.slice()
  }

  #drain(): void {
    while (this.#waiting.length > 0) {
      const first = this.#waiting[0] as Chunk
      try {
        const count = this.target.write(first.bytes, first.from, first.bytes.length - first.from)
        first.from += count
        this.#waitingBytes -= count
        if (first.from < first.bytes.length) continue
        this.#waiting.shift()
        this.written += first.lines
        this.#tellLosses()
      } catch (error) {
        if (!this.#mayGoOn((error as NodeJS.ErrnoException).code ?? 'unknown')) return
      }
    }
  }

  #mayGoOn(code: string): boolean {
    if (code === 'EINTR') return true
    if (code === 'EAGAIN') {
      if (!this.#retrying) {
        this.#retrying = true
        setTimeout(this.#tryAgain, RETRY_MS).unref()
      }
      return false
    }
    // A full disk may have room again; a reader that is gone does not come back.
    const passing = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO'
    const lost = this.#waiting.splice(0, passing ? 1 : this.#waiting.length)
    for (const { bytes, from, lines } of lost) {
      this.#waitingBytes -= bytes.length - from
      this.#torn ||= from > 0
      this.#drop(lines, code)
    }
    if (passing) return true
    this.#gone = code
    this.losses.gone(code)
    return false
  }

  #drop(lines: number, code: string): void {
    this.dropped += lines
    this.#untold += lines
    this.#lastCode = code
  }

  #tellLosses(): void {
    if (this.#untold === 0) return
    const lines = this.#untold
    this.#untold = 0
    this.losses.recovered(lines, this.#lastCode)
  }
}
