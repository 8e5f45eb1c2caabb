/** What is known of a response before its body. */
export interface PageHead {
  readonly method: string | undefined
  readonly status: number
  readonly header: (name: string) => unknown
}

/** A larger page goes on as it is (P8). */
export const MOST_PAGE_BYTES = 4 * 1024 * 1024

/** How long the beginning of a page that comes in pieces is held; what streams for longer must not wait for its end. */
export const LONGEST_HOLD_MS = 250

/** Without a body, or with a part of one. */
const WITHOUT_PAGE = new Set([204, 205, 206, 304])

/**
 * Whether a response may be a page to put a snippet into: HTML to be shown, whole, not encoded, not too large (P8).
 */
export function isPage({ method, status, header }: PageHead): boolean {
  if (method === 'HEAD' || status < 200 || WITHOUT_PAGE.has(status)) return false
  if (!/^\s*text\/html\s*(?:;|$)/i.test(text(header('content-type')))) return false
  if (!/^(?:identity)?$/i.test(text(header('content-encoding')).trim())) return false
  // A document that is saved is no page that somebody looks at.
  if (/^\s*attachment\b/i.test(text(header('content-disposition')))) return false
  if (header('content-range') !== undefined) return false
  const length = header('content-length')
  return length === undefined || Number(text(length)) <= MOST_PAGE_BYTES
}

/** A header's value, whichever of Node's forms it has. */
export function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
