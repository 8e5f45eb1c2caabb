import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

export interface Call {
  readonly method?: string
  readonly path?: string
  /** `host` may be anything here, unlike with `fetch`. */
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Uint8Array
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly text: string
}

/** One request, byte for byte as it is asked for. */
export function call(
  port: number,
  { method = 'GET', path = '/', headers = {}, body }: Call = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const whole = Buffer.concat(chunks)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: whole,
          text: whole.toString(),
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
