import { crypto } from '../builtins.js'
import type { IdGenerator } from '@opentelemetry/sdk-trace'

/** Random bytes are asked for by the many: the asking costs more than they do. */
const POOL_BYTES = 16_384
/** Few, because an id is a part of their text and keeps all of it in memory for as long as it lives itself. */
const TEXT_BYTES = 512
const NO_ID = '0'.repeat(32)

/**
 * Makes the ids of spans from a pool of random bytes.
 *
 * Whoever has decided on a new trace before its span is made leaves the id here, for the SDK to take (W3C).
 */
export class TraceIds implements IdGenerator {
  /** Taken by the next call of `generateTraceId`; empty for none. */
  decided = ''
  readonly #pool = Buffer.alloc(POOL_BYTES)
  #used = POOL_BYTES
  /** The next of them in hex: to cut an id out of it costs a tenth of joining bytes, and of reading what was joined. */
  #text = ''
  #at = 0

  generateTraceId(): string {
    const { decided } = this
    if (decided === '') return this.newTraceId()
    this.decided = ''
    return decided
  }

  generateSpanId(): string {
    return this.#cut(16)
  }

  newTraceId(): string {
    return this.#cut(32)
  }

  #cut(length: number): string {
    if (this.#at + length > this.#text.length) this.#refill()
    const id = this.#text.slice(this.#at, this.#at + length)
    this.#at += length
    // All zeros is no id; chance will not make it, a broken source might.
    return NO_ID.startsWith(id) ? this.#cut(length) : id
  }

  #refill(): void {
    if (this.#used === POOL_BYTES) {
      crypto.randomFillSync(this.#pool)
      this.#used = 0
    }
    const start = this.#used
    this.#used += TEXT_BYTES
    this.#text = this.#pool.toString('hex', start, this.#used)
    this.#at = 0
  }
}
