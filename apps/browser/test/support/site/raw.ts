import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** An answer as it came over the wire. */
export interface Raw {
  readonly status: number | undefined
  /** Names and values in turn, without what differs from one request to the next. */
  readonly headers: string[]
  readonly body: Buffer
}

const OF_THE_REQUEST = new Set(['date', 'x-request-id'])

export function rawGet(port: number, path: string, headers: Record<string, string> = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const { rawHeaders, statusCode: status } = response
      const pairs = rawHeaders.flatMap((name, index) =>
        index % 2 === 0 && !OF_THE_REQUEST.has(name.toLowerCase()) ? [name, rawHeaders[index + 1] ?? ''] : [],
      )
      buffer(response).then((body) => resolve({ status, headers: pairs, body }), reject)
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}
