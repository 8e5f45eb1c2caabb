import type { WriteTarget } from '../../src/writer/target.js'

/** What the next writes do: take that many bytes, or fail with that code. Then all is taken. */
export class FaultyTarget implements WriteTarget {
  readonly isTTY = false
  readonly script: (number | string)[] = []
  /** Fails every write that the script does not cover. */
  always: string | undefined
  writes = 0
  #taken: Uint8Array[] = []

  write(bytes: Uint8Array, offset: number, length: number): number {
    this.writes++
    const step = this.script.shift() ?? this.always ?? length
    if (typeof step === 'string') throw Object.assign(new Error(step), { code: step })
    const count = Math.min(step, length)
    this.#taken.push(bytes.slice(offset, offset + count))
    return count
  }

  get text(): string {
    return Buffer.concat(this.#taken).toString('utf8')
  }
}
