import type { Posthog } from '../posthog.js'
import { contextProperties } from '../event/context-properties.js'
import { requestUser, type UserReader } from '../request/request.js'
import { type PageFacts, renderSnippet } from '../snippet/render-snippet.js'
import { userBlock } from '../user/identity.js'
import { nonceOf } from './nonce.js'
import { type PageHead, text } from './page.js'
import { isSharedPage } from './shared-page.js'

/** What `injectSnippet` is told; of a request and a response as the framework has them. */
export interface SnippetOptions<Request = unknown, Response = unknown> {
  /** Who a page is for: an object with `id`, and perhaps `email` and `name`; default `request.user`. */
  user?: ((request: Request) => unknown) | undefined
  /** The nonce of scripts; default what helmet leaves, else that of the page's Content-Security-Policy. */
  nonce?: ((request: Request, response: Response) => string | undefined) | undefined
  /**
   * Whether the page's requests to its own host name bear the id of the recording, so that an error of the service leads
   * to it; default false.
   *
   * posthog-js adds the headers on every port of the host: one that is another origin has to allow them.
   */
  linkReplay?: boolean | undefined
  /** True leaves a response as it is. */
  skip?: ((request: Request) => boolean) | undefined
}

/** What the caller's `skip` says; one that throws leaves the page alone. */
export function isSkipped<Request>(
  request: Request,
  skip: ((request: Request) => boolean) | undefined,
): boolean {
  try {
    return skip?.(request) === true
  } catch {
    return true
  }
}

/** The snippet of the page that answers a request. May throw; then the page is left as it is. */
export function pageSnippet(
  { config, enabled }: Posthog,
  request: unknown,
  head: PageHead,
  given: Pick<PageFacts, 'nonce' | 'linkReplay'> & { readonly user: UserReader | undefined },
): string | undefined {
  if (!enabled) return undefined
  return renderSnippet(config, {
    block: userBlock(config, requestUser(request, given.user)),
    isShared: isSharedPage(text(head.header('cache-control')), text(head.header('expires'))),
    nonce: given.nonce ?? nonceOf(text(head.header('content-security-policy'))),
    linkReplay: given.linkReplay,
    context: pageContext(),
  })
}

/** The request's own ids; what else is in the context says nothing of the page. */
function pageContext(): Record<string, unknown> {
  const { 'request.id': requestId, trace_id: traceId } = contextProperties()
  return {
    ...(requestId !== undefined && { 'request.id': requestId }),
    ...(traceId !== undefined && { trace_id: traceId }),
  }
}
