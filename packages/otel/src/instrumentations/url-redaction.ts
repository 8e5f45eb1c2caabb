import type { Span } from '@opentelemetry/api'
import { ATTR_URL_FULL, ATTR_URL_QUERY } from '@opentelemetry/semantic-conventions'
import { spanAttributes } from '@throughline/core/binding'

/** Signatures and keys of signed URLs, by the semantic conventions of `url.full`. */
const SIGNATURES = new Set(
  [
    'AWSAccessKeyId',
    'Signature',
    'sig',
    'X-Amz-Credential',
    'X-Amz-Security-Token',
    'X-Amz-Signature',
    'X-Goog-Signature',
  ].map((name) => name.toLowerCase()),
)
/** Parameters of OAuth that are secrets (RFC 6749, RFC 6750, OpenID Connect). */
const CREDENTIALS = new Set([
  'access_token',
  'client_assertion',
  'client_secret',
  'id_token',
  'refresh_token',
])
const REDACTED = 'REDACTED'

/** Takes secrets out of the query of a client span's URL, by the names that lines redact too (R7.11). */
export function redactUrl(span: Span): void {
  const { attributes } = span as { attributes?: Record<string, unknown> }
  const full = attributes?.[ATTR_URL_FULL]
  if (typeof full !== 'string') return
  const redacted = redactQuery(full)
  if (redacted === full) return
  span.setAttribute(ATTR_URL_FULL, redacted)
  if (typeof attributes?.[ATTR_URL_QUERY] === 'string')
    span.setAttribute(ATTR_URL_QUERY, redacted.slice(...queryOf(redacted)))
}

/**
 * The URL with the values of secret parameters replaced.
 *
 * By its text: what the instrumentation makes of a request to a proxy is not a URL that can be parsed.
 */
export function redactQuery(url: string): string {
  const [start, end] = queryOf(url)
  const query = new URLSearchParams(url.slice(start, end))
  let found = false
  for (const name of new Set(query.keys())) {
    if (!isSecret(name)) continue
    query.set(name, REDACTED)
    found = true
  }
  return found ? `${url.slice(0, start)}?${query.toString()}${url.slice(end)}` : url
}

/** Where the query stands, its question mark included. */
function queryOf(url: string): [start: number, end: number] {
  const fragment = url.indexOf('#')
  const end = fragment === -1 ? url.length : fragment
  const mark = url.slice(0, end).indexOf('?')
  return [mark === -1 ? end : mark, end]
}

const VALUE = 'x'

function isSecret(name: string): boolean {
  const lower = name.toLowerCase()
  if (SIGNATURES.has(lower) || CREDENTIALS.has(lower)) return true
  const [shown] = Object.values(spanAttributes({ [`q.${dotted(name)}`]: VALUE }))
  return shown !== undefined && shown !== VALUE
}

/** `user[password]`, as query strings write nested values, is `user.password`. */
function dotted(name: string): string {
  return name.replaceAll(']', '').replaceAll('[', '.')
}
