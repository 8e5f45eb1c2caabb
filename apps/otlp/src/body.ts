import { type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Refusal } from './request.js'

const unzip = promisify(gunzip)

export interface BodyOptions {
  /** In bytes, on the wire and decompressed. */
  readonly limit: number
  /** Milliseconds before each chunk. */
  readonly pauseMs: number
  /** Ends the pauses. */
  readonly signal: AbortSignal
}

/** Reads a body as it is on the wire; refuses it from the first byte over the limit on. */
export async function readBody(
  request: IncomingMessage,
  { limit, pauseMs, signal }: BodyOptions,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  const read = request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>
  const pause = () => (pauseMs > 0 ? sleep(pauseMs, undefined, { signal }) : undefined)
  await pause()
  for await (const chunk of read) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
    await pause()
  }
  return Buffer.concat(chunks)
}

/** Undoes a Content-Encoding; refuses an unknown one, broken data, and what grows over the limit. */
export async function decompress(body: Buffer, encoding: string | undefined, limit: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() || 'identity'
  if (name === 'identity') return body
  if (name !== 'gzip') throw new Refusal(415, `Content-Encoding is "${name}"; send gzip or none.`)
  try {
    return await unzip(body, { maxOutputLength: limit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit)
    throw new Refusal(400, `The body is not gzip: ${String(error)}`)
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `The body is larger than ${limit} bytes.`)
}
