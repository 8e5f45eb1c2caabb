import { randomFillSync } from 'node:crypto'
import type { IdGenerator } from '@opentelemetry/sdk-trace'

const POOL_BYTES = 4_096
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Makes the ids of spans from a pool of random bytes.
 *
 * Whoever has decided on a new trace before its span is made leaves the id here, for the SDK to take (W3C).
 */
export class TraceIds implements IdGenerator {
  /** Taken by the next call of `generateTraceId`; empty for none. */
  decided = ''
  readonly #pool = new Uint8Array(POOL_BYTES)
  #at = POOL_BYTES

  generateTraceId(): string {
    const { decided } = this
    if (decided === '') return this.newTraceId()
    this.decided = ''
    return decided
  }

  generateSpanId(): string {
    return this.#hex(8)
  }

  newTraceId(): string {
    return this.#hex(16)
  }

  #hex(bytes: number): string {
    if (this.#at + bytes > POOL_BYTES) {
      randomFillSync(this.#pool)
      this.#at = 0
    }
    let hex = ''
    const end = this.#at + bytes
    for (let at = this.#at; at < end; at++) hex += HEX[this.#pool[at] as number]
    this.#at = end
    // All zeros is no id; chance will not make it, a broken source might.
    return /[^0]/.test(hex) ? hex : this.#hex(bytes)
  }
}
