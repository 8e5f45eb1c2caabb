import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Scripts, styles and data come from the console itself and nowhere else; it stands in no frame. Trusted types turn
 * every way to write markup from a script into an error.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** On every answer, whatever it is. */
const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** An answer of the page or of its API is never kept by a cache unless it says so itself. */
export function setSafetyHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(SAFETY_HEADERS)) response.setHeader(name, value)
  response.setHeader('cache-control', 'no-store')
}

export interface Content {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly type: string
  readonly body: string | Uint8Array
}

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status = 200, headers = {}, type, body }: Content,
): void {
  // What is left of a body is read and dropped, for as long as a request may take: closing now would reset the answer.
  request.resume()
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

export function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  value: unknown,
  options: Pick<Content, 'status' | 'headers'> = {},
): void {
  send(request, response, { ...options, type: 'application/json', body: JSON.stringify(value) })
}
