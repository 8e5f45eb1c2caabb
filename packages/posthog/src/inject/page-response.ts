import type { IncomingMessage, ServerResponse } from 'node:http'
import { byteLength, type Chunk, chunkArguments, pageOf, readChunk } from './chunk.js'
import { type GivenHead, headArguments, readHead } from './given-head.js'
import { headerEdits } from './header-edits.js'
import { HeldChunks } from './held-chunks.js'
import { findInjection, injected, type Render, withSnippet } from './injection.js'
import { isPage, LONGEST_HOLD_MS, MOST_PAGE_BYTES, type PageHead } from './page.js'
import { ResponseHead, type Status } from './response-head.js'
import { Shadow } from './shadow.js'

type Method = (...args: never[]) => unknown

/** What ends the hold of a page's beginning: nobody is to notice that it was held. */
const RELEASING = [
  'setHeader',
  'setHeaders',
  'appendHeader',
  'removeHeader',
  'addTrailers',
  'flush',
  'flushHeaders',
]

const watched = new WeakSet<object>()

/**
 * Puts a snippet into the page that a response turns out to be; anything else goes through as it is (P8).
 *
 * The beginning of a page that comes in pieces is held, its head included, until its end, a quarter of a second, or 4
 * MiB: then it goes on by the very calls that it came in.
 */
export function watchPage(
  request: IncomingMessage,
  response: ServerResponse,
  render: (head: PageHead) => string | undefined,
): void {
  if (watched.has(response) || response.headersSent) return
  watched.add(response)
  new PageResponse(request, response, render).watch()
}

class PageResponse {
  #state: 'new' | 'holding' | 'through' = 'new'
  #given: GivenHead | undefined
  #heldStatus: Status | undefined
  readonly #head: ResponseHead
  #timer: NodeJS.Timeout | undefined
  readonly #held = new HeldChunks()
  readonly #shadow: Shadow
  readonly #flushHeaders: Method | undefined
  readonly #writeHead: Method
  readonly #write: Method
  readonly #end: Method

  constructor(
    request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly render: (head: PageHead) => string | undefined,
  ) {
    const methods = response as unknown as Record<'writeHead' | 'write' | 'end', Method> & {
      flushHeaders?: Method
    }
    this.#writeHead = methods.writeHead
    this.#write = methods.write
    this.#end = methods.end
    this.#flushHeaders = methods.flushHeaders
    this.#shadow = new Shadow(response)
    this.#head = new ResponseHead(request, response)
  }

  watch(): void {
    const { response } = this
    response.writeHead = ((...args: unknown[]) => this.#onWriteHead(args)) as typeof response.writeHead
    response.write = ((...args: unknown[]) => this.#onWrite(args)) as typeof response.write
    response.end = ((...args: unknown[]) => this.#onEnd(args)) as typeof response.end
    const flushHeaders = this.#flushHeaders
    if (flushHeaders === undefined) return
    // It calls `writeHead` itself, and relies on what that leaves behind.
    response.flushHeaders = () => {
      this.#state = 'through'
      this.#call(flushHeaders, [])
    }
  }

  #onWriteHead(args: unknown[]): unknown {
    if (this.#state === 'holding') this.#release(false)
    if (this.#state === 'through') return this.#call(this.#writeHead, args)
    const given = readHead(args)
    if (given === undefined || !isPage(this.#head.read(given))) {
      this.#state = 'through'
      return this.#call(this.#writeHead, args)
    }
    this.#given = given
    this.response.statusCode = given.status
    this.#hold()
    return this.response
  }

  #onWrite(args: unknown[]): unknown {
    const chunk = this.#state === 'through' ? undefined : readChunk(args)
    const isPiece = chunk?.data !== undefined
    if (this.#state === 'new' && isPiece && !this.response.headersSent && isPage(this.#head.read())) {
      this.#heldStatus = this.#head.status
      this.#hold()
    }
    if (this.#state !== 'holding' || !isPiece) {
      if (this.#state === 'holding') this.#release(false)
      this.#state = 'through'
      return this.#call(this.#write, args)
    }
    this.#held.add(chunk)
    // What the last call of `write` answers is how full the connection is.
    return this.#held.isOver ? this.#release(false) : true
  }

  #onEnd(args: unknown[]): unknown {
    const chunk = this.#state === 'through' ? undefined : readChunk(args)
    if (chunk === undefined) {
      if (this.#state === 'holding') this.#release(false)
      this.#state = 'through'
      return this.#call(this.#end, args)
    }
    if (this.#state === 'holding') {
      this.#held.add(chunk)
      return this.#release(true)
    }
    this.#state = 'through'
    return this.#call(this.#end, this.#wholePage(chunk) ?? args)
  }

  /** The common case: all of a page at once, and its head not sent. */
  #wholePage(chunk: Chunk): unknown[] | undefined {
    if (chunk.data === undefined || this.response.headersSent || byteLength(chunk) > MOST_PAGE_BYTES)
      return undefined
    const head = this.#head.read()
    if (!isPage(head)) return undefined
    const page = pageOf(chunk)
    const injection = findInjection(page, this.#renderFor(head))
    if (injection === undefined) return undefined
    this.#head.edit(headerEdits(head.header, injection.snippet.length, withSnippet(page, injection)))
    return [injected(page, injection), ...(chunk.callback === undefined ? [] : [chunk.callback])]
  }

  #hold(): void {
    this.#state = 'holding'
    this.#timer = setTimeout(() => this.#onLate(), LONGEST_HOLD_MS).unref()
    this.#shadow.property('headersSent', true)
    for (const name of RELEASING) this.#shadow.method(name, () => this.#release(false))
    this.#shadow.method('destroy', () => this.#releaseAtOnce())
  }

  /** Who breaks a page off has had the client see its beginning: Node gathers writes until the end of the turn. */
  #releaseAtOnce(): void {
    this.#release(false)
    const { socket } = this.response
    if (socket === null) return
    for (let corked = socket.writableCorked; corked > 0; corked--) socket.uncork()
  }

  #onLate(): void {
    // A client that has left takes nothing any more.
    if (this.response.destroyed) {
      this.#state = 'through'
      return
    }
    try {
      this.#release(false)
    } catch (error) {
      // There is no caller to tell it to.
      this.response.destroy(error as Error)
    }
  }

  /** Gives on what was held, with the snippet if it belongs there; answers what the last call answers. */
  #release(isWhole: boolean): unknown {
    this.#state = 'through'
    clearTimeout(this.#timer)
    this.#shadow.lift()
    const head = this.#head.read(this.#given)
    const page = this.#held.inject(this.#renderFor(head))
    const edits = page && headerEdits(head.header, page.added, isWhole ? page.page : undefined)
    if (edits !== undefined) this.#head.edit(edits)
    const late = this.#head.status
    if (this.#given !== undefined) this.#call(this.#writeHead, headArguments(this.#given, edits))
    else if (this.#heldStatus !== undefined) this.#head.status = this.#heldStatus
    let answer: unknown = true
    for (const [index, chunk] of this.#held.all.entries()) {
      const isLast = isWhole && index === this.#held.all.length - 1
      answer = this.#call(isLast ? this.#end : this.#write, chunkArguments(chunk))
      // What was set since then has come too late, as it does without us.
      if (this.#heldStatus !== undefined) this.#head.status = late
      this.#heldStatus = undefined
    }
    return answer
  }

  #renderFor(head: PageHead): Render {
    return () => this.render(head)
  }

  #call(method: Method, args: readonly unknown[]): unknown {
    return Reflect.apply(method, this.response, args)
  }
}
