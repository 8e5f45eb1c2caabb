import { headEnd } from './head-end.js'

/** A snippet that was put into a page. */
export interface Injection {
  /** Where it stands: a byte of a buffer, a UTF-16 code unit of a text. */
  readonly at: number
  /** ASCII. */
  readonly snippet: string
}

/** Makes the snippet of a page; undefined for none. */
export type Render = () => string | undefined

/**
 * Where the snippet of a page goes: before its first `</head>`; undefined for a page that has none, that starts PostHog
 * itself, or whose snippet cannot be made (P8). Never throws.
 *
 * A buffer is read byte by byte: in every encoding that pages have, the letters of ASCII are these bytes.
 */
export function findInjection(page: string | Uint8Array, render: Render): Injection | undefined {
  try {
    const html = typeof page === 'string' ? page : latin1(page)
    if (!/<\/head/i.test(html) || html.includes('posthog.init')) return undefined
    const at = headEnd(html)
    const snippet = at === -1 ? undefined : render()
    return snippet === undefined ? undefined : { at, snippet }
  } catch {
    return undefined
  }
}

function latin1({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}

/** The page with its snippet, in pieces. */
export function withSnippet<T extends string | Uint8Array>(
  page: T,
  { at, snippet }: Injection,
): (T | string)[] {
  return [part(page, 0, at), snippet, part(page, at)]
}

/** The page with its snippet. */
export function injected(page: string | Uint8Array, injection: Injection): string | Buffer {
  const parts = withSnippet(page, injection)
  if (typeof page === 'string') return parts.join('')
  return Buffer.concat(parts.map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : one)))
}

function part<T extends string | Uint8Array>(page: T, from: number, to?: number): T {
  return (typeof page === 'string' ? page.slice(from, to) : page.subarray(from, to)) as T
}
