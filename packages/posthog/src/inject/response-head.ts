import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GivenHead } from './given-head.js'
import { type HeaderEdits, headerPairs } from './header-edits.js'
import type { PageHead } from './page.js'

/** Status code and, where there is one, its message. */
export interface Status {
  readonly code: number
  readonly message?: string | undefined
}

/** The head of a response that was not sent yet. */
export class ResponseHead {
  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {}

  /** As it will be sent, with what `writeHead` was given in front of what was set. */
  read(given?: GivenHead): PageHead {
    const { request, response } = this
    const pairs = headerPairs(given?.headers)
    return {
      method: request.method,
      status: given?.status ?? response.statusCode,
      header: (name) =>
        pairs.findLast(([key]) => key.toLowerCase() === name)?.[1] ?? response.getHeader(name),
    }
  }

  /** Edits the headers that were set. */
  edit(edits: HeaderEdits): void {
    for (const [name, value] of edits) {
      if (!this.response.hasHeader(name)) continue
      if (value === undefined) this.response.removeHeader(name)
      else this.response.setHeader(name, value)
    }
  }

  get status(): Status {
    const { request, response } = this
    const code = response.statusCode
    // HTTP/2 has no message, and warns of one.
    return request.httpVersionMajor === 1 ? { code, message: response.statusMessage } : { code }
  }

  set status({ code, message }: Status) {
    this.response.statusCode = code
    if (message !== undefined) this.response.statusMessage = message
  }
}
