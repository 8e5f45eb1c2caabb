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
const REDACTED = 'REDACTED'

/** Takes secrets out of the query of a client span's URL, by the names that lines redact too (R7.11). */
export function redactUrl(span: Span): void {
  const { attributes } = span as { attributes?: Record<string, unknown> }
  const full = attributes?.[ATTR_URL_FULL]
  if (typeof full !== 'string') return
  const redacted = redactQuery(full)
  if (redacted === full) return
  span.setAttribute(ATTR_URL_FULL, redacted)
  const { search } = new URL(redacted)
  if (typeof attributes?.[ATTR_URL_QUERY] === 'string') span.setAttribute(ATTR_URL_QUERY, search)
}

/** The URL with the values of secret parameters replaced; what cannot be parsed stays. */
export function redactQuery(url: string): string {
  const start = url.indexOf('?')
  if (start === -1 || !URL.canParse(url)) return url
  const parsed = new URL(url)
  let found = false
  for (const name of new Set(parsed.searchParams.keys())) {
    if (!isSecret(name)) continue
    parsed.searchParams.set(name, REDACTED)
    found = true
  }
  return found ? parsed.toString() : url
}

const VALUE = 'x'

function isSecret(name: string): boolean {
  if (SIGNATURES.has(name.toLowerCase())) return true
  const [shown] = Object.values(spanAttributes({ [`q.${name}`]: VALUE }))
  return shown !== undefined && shown !== VALUE
}
