/** A piece of a body, as `write` and `end` of a response were given it. */
export interface Chunk {
  readonly data: string | Uint8Array | undefined
  readonly encoding: BufferEncoding | undefined
  readonly callback: ((error?: Error | null) => void) | undefined
}

/** Reads the arguments of `write` or `end`; undefined for what Node itself refuses. */
export function readChunk([first, second, third]: readonly unknown[]): Chunk | undefined {
  if (typeof first === 'function') return chunk(undefined, undefined, first)
  if (first !== undefined && first !== null && typeof first !== 'string' && !(first instanceof Uint8Array)) {
    return undefined
  }
  const callback = typeof second === 'function' ? second : third
  const encoding = typeof second === 'string' ? second : undefined
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) return undefined
  return chunk(first ?? undefined, encoding, typeof callback === 'function' ? callback : undefined)
}

function chunk(data: Chunk['data'], encoding: BufferEncoding | undefined, callback: unknown): Chunk {
  return { data, encoding, callback: callback as Chunk['callback'] }
}

/** Bytes of it on the wire. */
export function byteLength({ data, encoding }: Chunk): number {
  if (data === undefined) return 0
  return typeof data === 'string' ? Buffer.byteLength(data, encoding) : data.byteLength
}

/** Its bytes. */
export function bytesOf({ data, encoding }: Chunk): Uint8Array {
  if (data === undefined) return new Uint8Array()
  return typeof data === 'string' ? Buffer.from(data, encoding) : data
}

/** It as a page to be read: a text where that is what it is, else its bytes. */
export function pageOf(chunk: Chunk): string | Uint8Array {
  const { data, encoding = 'utf8' } = chunk
  return typeof data === 'string' && /^utf-?8$/i.test(encoding) ? data : bytesOf(chunk)
}

/** The arguments again. */
export function chunkArguments({ data, encoding, callback }: Chunk): unknown[] {
  return [data, ...(encoding === undefined ? [] : [encoding]), ...(callback === undefined ? [] : [callback])]
}
