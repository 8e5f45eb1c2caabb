import { gunzipSync } from 'node:zlib'

/** An event as posthog-js sends it. */
export interface BrowserEvent {
  readonly event: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly $set?: Readonly<Record<string, unknown>>
  readonly $set_once?: Readonly<Record<string, unknown>>
}

/** The value that a request of posthog-js brings: gzip, a form field in base64, or JSON; undefined without a body. */
export function readBody(body: Buffer): unknown {
  if (body.length === 0) return undefined
  if (isGzip(body)) return unpacked(JSON.parse(gunzipSync(body).toString()))
  const text = body.toString()
  if (!text.startsWith('data=')) return unpacked(JSON.parse(text))
  const encoded = new URLSearchParams(text).get('data') ?? ''
  return unpacked(JSON.parse(Buffer.from(encoded, 'base64').toString()))
}

/** The events of such a value: a batch, a list, or one. */
export function eventsOf(value: unknown): BrowserEvent[] {
  const given = (value as { batch?: unknown } | undefined)?.batch ?? value
  const all = Array.isArray(given) ? (given as unknown[]) : [given]
  return all.filter(
    (one): one is BrowserEvent => typeof (one as BrowserEvent | undefined)?.event === 'string',
  )
}

/** Recordings have texts in them that are gzip of JSON, a character for a byte. */
function unpacked(value: unknown): unknown {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'latin1')
    return isGzip(bytes) ? unpacked(JSON.parse(gunzipSync(bytes).toString())) : value
  }
  if (Array.isArray(value)) return value.map(unpacked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unpacked(member)]))
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}
