import { Readable } from 'node:stream'
import { HeldChunks } from '../inject/held-chunks.js'
import { findInjection, injected, type Render, withSnippet } from '../inject/injection.js'
import { LONGEST_HOLD_MS, MOST_PAGE_BYTES } from '../inject/page.js'

/** A payload that got a snippet. */
export interface PagePayload {
  readonly payload: unknown
  /** Bytes more than before. */
  readonly added: number
  /** The whole page, in pieces; undefined while not all of it is known. */
  readonly page?: readonly (string | Uint8Array)[]
}

/** The payload with a snippet; `added` is 0 for one that stays as it is. */
export async function injectPayload(payload: unknown, render: Render): Promise<PagePayload> {
  if (typeof payload === 'string' || payload instanceof Uint8Array) return injectWhole(payload, render)
  return isReadable(payload) ? injectStream(payload, render) : { payload, added: 0 }
}

function injectWhole(payload: string | Uint8Array, render: Render): PagePayload {
  const isOver = Buffer.byteLength(payload) > MOST_PAGE_BYTES
  const injection = isOver ? undefined : findInjection(payload, render)
  if (injection === undefined) return { payload, added: 0 }
  return {
    payload: injected(payload, injection),
    added: injection.snippet.length,
    page: withSnippet(payload, injection),
  }
}

type Piece = IteratorResult<string | Uint8Array, undefined>
type PieceStream = AsyncIterable<string | Uint8Array> & { destroy?(): void }
const LATE = Symbol('late')

/** Reads the beginning of a stream, as far and as long as a page is held, and puts it in front of the rest. */
async function injectStream(stream: PieceStream, render: Render): Promise<PagePayload> {
  const source = stream[Symbol.asyncIterator]()
  const held = new HeldChunks()
  const bound = new Promise<typeof LATE>((resolve) => setTimeout(resolve, LONGEST_HOLD_MS, LATE).unref())
  let next: Promise<Piece> | undefined
  let isWhole = false
  while (!held.isOver && !isWhole) {
    next ??= source.next() as Promise<Piece>
    // It is awaited again by whoever reads the rest, and fails there.
    next.catch(() => undefined)
    const piece = await Promise.race([next.catch(() => LATE), bound])
    if (piece === LATE) break
    next = undefined
    if ((piece as Piece).done === true) isWhole = true
    else held.add({ data: (piece as Piece).value, encoding: undefined, callback: undefined })
  }
  const injection = held.inject(render)
  return {
    payload: new RestStream(stream, held, next, source),
    added: injection?.added ?? 0,
    ...(isWhole && injection !== undefined && { page: injection.page }),
  }
}

/**
 * What was held of a stream, and then the rest of it.
 *
 * No generator: one that waits for a piece cannot be ended from outside, and would keep the source open for a client
 * that has left.
 */
class RestStream extends Readable {
  readonly #held: (string | Uint8Array)[]

  constructor(
    private readonly stream: PieceStream,
    held: HeldChunks,
    private next: Promise<Piece> | undefined,
    private readonly source: AsyncIterator<string | Uint8Array>,
  ) {
    super()
    this.#held = held.all.flatMap(({ data }) => data ?? [])
  }

  override _read(): void {
    const data = this.#held.shift()
    if (data === undefined) void this.#pull()
    else this.push(data)
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.stream.destroy?.()
    callback(error)
  }

  async #pull(): Promise<void> {
    try {
      const piece = await (this.next ?? (this.source.next() as Promise<Piece>))
      this.next = undefined
      this.push(piece.done === true ? null : piece.value)
    } catch (error) {
      this.destroy(error as Error)
    }
  }
}

/** A stream of bytes; one of objects is nothing to be sent. */
function isReadable(payload: unknown): payload is PieceStream {
  const { pipe, readableObjectMode } = (payload ?? {}) as { pipe?: unknown; readableObjectMode?: unknown }
  const iterate = (payload as Partial<AsyncIterable<unknown>> | null | undefined)?.[Symbol.asyncIterator]
  return typeof pipe === 'function' && readableObjectMode !== true && typeof iterate === 'function'
}
