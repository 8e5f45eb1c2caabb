import type { IncomingMessage, ServerResponse } from 'node:http'
import { getPosthog } from '../client/get-posthog.js'
import { watchPage } from '../inject/page-response.js'
import { isSkipped, pageSnippet, type SnippetOptions } from '../inject/page-snippet.js'
import { noteRequest } from '../request/noted-requests.js'

/** Middleware as Express, Connect and Polka take it. */
export type SnippetMiddleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/**
 * Middleware that puts PostHog's script into pages, before `</head>` (P8, P9).
 *
 * Mount it behind `compression()`, so that it sees pages before they are compressed, and in front of what answers.
 * While PostHog is off it does nothing.
 *
 * @example
 * app.use(compression())
 * app.use(injectSnippet())
 */
export function injectSnippet(
  options: SnippetOptions<IncomingMessage, ServerResponse> = {},
): SnippetMiddleware {
  const posthog = getPosthog()
  if (!posthog.enabled) return (_request, _response, next) => next()
  const { linkReplay } = options
  const user = options.user as ((request: unknown) => unknown) | undefined
  return function injectPosthogSnippet(request, response, next) {
    noteRequest(request)
    if (!isSkipped(request, options.skip)) {
      watchPage(request, response, (head) => {
        const nonce = options.nonce === undefined ? leftNonce(response) : options.nonce(request, response)
        return pageSnippet(posthog, request, head, { nonce, user, linkReplay })
      })
    }
    next()
  }
}

/** Where helmet's users leave it. */
function leftNonce(response: ServerResponse): string | undefined {
  const { locals } = response as { locals?: { cspNonce?: unknown; nonce?: unknown } }
  const nonce = locals?.cspNonce ?? locals?.nonce
  return typeof nonce === 'string' ? nonce : undefined
}
