import { createServer, type IncomingHttpHeaders, request, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A response as its bytes arrived. */
export interface Answer {
  readonly status: number
  readonly statusMessage: string
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: string[]
  readonly body: Buffer
  readonly pieces: Buffer[]
  readonly text: string
  /** Whether the connection broke off in the middle of the body. */
  readonly aborted: boolean
}

export interface Call {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  /** Called with each piece of the body as it comes. */
  readonly onPiece?: (data: Buffer) => void
}

/** A server on a free port. */
export interface Running {
  readonly server: Server
  readonly port: number
  get(call?: Call): Promise<Answer>
  stop(): Promise<void>
}

export async function serve(listener: RequestListener): Promise<Running> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    server,
    port,
    get: (options) => call(port, options),
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** One request over a connection of its own. */
export function call(
  port: number,
  { method = 'GET', path = '/', headers, onPiece }: Call = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const pieces: Buffer[] = []
      const end = (aborted: boolean): void => {
        const body = Buffer.concat(pieces)
        resolve({
          status: response.statusCode ?? 0,
          statusMessage: response.statusMessage ?? '',
          headers: response.headers,
          rawHeaders: response.rawHeaders,
          body,
          pieces,
          text: body.toString(),
          aborted,
        })
      }
      response.on('data', (data: Buffer) => {
        pieces.push(data)
        onPiece?.(data)
      })
      response.on('end', () => end(false))
      response.on('error', () => end(true))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}
