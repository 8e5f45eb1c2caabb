import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { Refusal } from '../refusal.js'

/** The bytes of bodies that are being received, all together. */
export class InFlight {
  #bytes = 0

  constructor(readonly limit: number) {}

  add(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > this.limit) throw new Refusal(503, 'Too much arrives at once.', { 'retry-after': '1' })
  }

  remove(bytes: number): void {
    this.#bytes -= bytes
  }
}

/** Reads a body as it is on the wire; refuses it from the first byte over the limit on. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  inFlight: InFlight,
): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const chunks: Buffer[] = []
  let size = 0
  try {
    const read = request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>
    for await (const chunk of read) {
      if (size + chunk.length > limit) throw tooLarge(limit)
      size += chunk.length
      inFlight.add(chunk.length)
      chunks.push(chunk)
    }
  } finally {
    inFlight.remove(size)
  }
  return Buffer.concat(chunks)
}

/**
 * Undoes a Content-Encoding; refuses an unknown one, broken data, and what grows over the limit.
 *
 * In one go: a batch takes a millisecond, and only one body at a time is in memory at its full size.
 */
export function decompress(body: Uint8Array, encoding: string | undefined, limit: number): Uint8Array {
  const name = encoding?.trim().toLowerCase() || 'identity'
  if (name === 'identity') return body
  if (name !== 'gzip') throw new Refusal(415, `Content-Encoding is "${name}"; send gzip or none.`)
  try {
    return gunzipSync(body, { maxOutputLength: limit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit)
    throw new Refusal(400, `The body is not gzip: ${(error as Error).message}.`)
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `The body is larger than ${limit} bytes; send smaller batches.`)
}
