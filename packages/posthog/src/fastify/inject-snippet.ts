import { getPosthog } from '../client/get-posthog.js'
import { headerEdits } from '../inject/header-edits.js'
import { isPage, type PageHead } from '../inject/page.js'
import { isSkipped, pageSnippet, type SnippetOptions } from '../inject/page-snippet.js'
import { noteRequest } from '../request/noted-requests.js'
import { injectPayload } from './page-payload.js'

/** What of a Fastify request is used. */
export interface FastifyRequestLike {
  readonly method: string
}

/** What of a Fastify reply is used. */
export interface FastifyReplyLike {
  readonly statusCode: number
  getHeader(name: string): unknown
  header(name: string, value: unknown): unknown
  removeHeader(name: string): unknown
}

/** A hook `onSend` of Fastify. */
export type SnippetHook = (
  request: FastifyRequestLike,
  reply: FastifyReplyLike,
  payload: unknown,
) => Promise<unknown>

const injectedReplies = new WeakSet<object>()

/**
 * A hook `onSend` that puts PostHog's script into pages, before `</head>` (P8, P9).
 *
 * Add it before `@fastify/compress` is registered, so that it sees pages before they are compressed. While PostHog is
 * off it does nothing.
 *
 * @example
 * fastify.addHook('onSend', injectSnippet())
 * await fastify.register(compress)
 */
export function injectSnippet(
  options: SnippetOptions<FastifyRequestLike, FastifyReplyLike> = {},
): SnippetHook {
  const posthog = getPosthog()
  if (!posthog.enabled) return async (_request, _reply, payload) => payload
  const { linkReplay } = options
  const user = options.user as ((request: unknown) => unknown) | undefined
  return async function injectPosthogSnippet(request, reply, payload) {
    noteRequest(request)
    const head = headOf(request, reply)
    if (!isPage(head) || injectedReplies.has(reply) || isSkipped(request, options.skip)) return payload
    injectedReplies.add(reply)
    const page = await injectPayload(payload, () => {
      const nonce = options.nonce === undefined ? leftNonce(reply) : options.nonce(request, reply)
      return pageSnippet(posthog, request, head, { nonce, user, linkReplay })
    })
    if (page.added > 0) editHead(reply, head, page)
    return page.payload
  }
}

function headOf({ method }: FastifyRequestLike, reply: FastifyReplyLike): PageHead {
  return { method, status: reply.statusCode, header: (name) => reply.getHeader(name) }
}

function editHead(
  reply: FastifyReplyLike,
  { header }: PageHead,
  { added, page }: { added: number; page?: readonly (string | Uint8Array)[] },
): void {
  for (const [name, value] of headerEdits(header, added, page)) {
    if (value === undefined) reply.removeHeader(name)
    else reply.header(name, value)
  }
}

/** Where @fastify/helmet leaves it. */
function leftNonce(reply: FastifyReplyLike): string | undefined {
  const { cspNonce } = reply as { cspNonce?: { script?: unknown } }
  return typeof cspNonce?.script === 'string' ? cspNonce.script : undefined
}
