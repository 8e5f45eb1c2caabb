import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'

export interface Call {
  method?: string
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
  agent?: Agent
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
  /** What the server echoed. */
  requestId: string
}

/** One request over a connection of its own, unless an agent says otherwise. */
export function call(
  port: number,
  path: string,
  { method = 'GET', headers, body, agent }: Call = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers, agent: agent ?? false }
    // The caller is another process, as it were: no span of its own, no headers that nobody has written.
    const outgoing = context.with(suppressTracing(context.active()), () => request(options))
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
          requestId: String(response.headers['x-request-id']),
        })
      })
    })
    outgoing.end(body)
  })
}

export function postJson(
  port: number,
  path: string,
  body: string,
  headers: OutgoingHttpHeaders = {},
): Promise<Answer> {
  return call(port, path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** Sends bytes as they are. */
export function openSocket(port: number, text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text)
      resolve(socket)
    })
    socket.on('error', reject)
  })
}

/** The first bytes that the server sends. */
export function firstBytes(socket: Socket): Promise<string> {
  return new Promise((resolve) => socket.once('data', (bytes: Buffer) => resolve(bytes.toString())))
}
