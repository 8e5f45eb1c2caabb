import { byteLength, bytesOf, type Chunk } from './chunk.js'
import { findInjection, injected, type Render, withSnippet } from './injection.js'
import { MOST_PAGE_BYTES } from './page.js'

/** A page in smaller pieces than that goes on as it is: each of them costs more than it holds. */
const MOST_PIECES = 16_384

/** The pieces of a page that wait for the rest. */
export class HeldChunks {
  readonly #chunks: Chunk[] = []
  #bytes = 0

  /** More than may be held. */
  get isOver(): boolean {
    return this.#bytes > MOST_PAGE_BYTES || this.#chunks.length > MOST_PIECES
  }

  get all(): readonly Chunk[] {
    return this.#chunks
  }

  add(chunk: Chunk): void {
    this.#chunks.push(chunk)
    this.#bytes += byteLength(chunk)
  }

  /** Puts the snippet into the piece where it belongs; undefined where there is none. */
  inject(render: Render): { readonly added: number; readonly page: (string | Uint8Array)[] } | undefined {
    if (this.isOver) return undefined
    const page = Buffer.concat(this.#chunks.map(bytesOf), this.#bytes)
    const injection = findInjection(page, render)
    if (injection === undefined) return undefined
    let start = 0
    for (const [index, chunk] of this.#chunks.entries()) {
      const end = start + byteLength(chunk)
      if (injection.at < end) {
        const within = { ...injection, at: injection.at - start }
        this.#chunks[index] = { ...chunk, data: injected(bytesOf(chunk), within), encoding: undefined }
        break
      }
      start = end
    }
    return { added: injection.snippet.length, page: withSnippet(page, injection) }
  }
}
