import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A request as it was on the wire. */
export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Decompressed. */
  readonly body: Buffer
}

/** A collector that keeps every byte. */
export interface RawCollector {
  readonly url: string
  readonly requests: RawRequest[]
  readonly stop: () => void
}

export async function startRawCollector(): Promise<RawCollector> {
  const requests: RawRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const wire = Buffer.concat(chunks)
      requests.push({
        method,
        path: url,
        headers,
        body: headers['content-encoding'] === 'gzip' ? gunzipSync(wire) : wire,
      })
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
