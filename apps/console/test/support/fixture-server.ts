import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { RawRecord, RequestList, RequestRow, StreamMessages } from '../../src/shared/api.js'
import type { Fixture } from './fixture.js'

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}
const SLOW_MS = 90

export interface FixtureServer {
  readonly url: string
  /** Sends a message to every page that listens. */
  send<Name extends keyof StreamMessages>(name: Name, message: StreamMessages[Name]): void
  /** Cuts the streams and refuses new ones until it is called with false. */
  cut(isCut: boolean): void
  close(): Promise<void>
}

/** Serves the built page with answers made up, for states that the real server is slow to get into. */
export async function startFixtureServer(
  fixture: Fixture,
  pageFolder: string,
  port = 0,
): Promise<FixtureServer> {
  const streams = new Set<ServerResponse>()
  let isCut = false
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture')
    response.setHeader('content-security-policy', CSP)
    if (url.pathname === '/api/stream') {
      if (isCut) return void response.writeHead(503).end()
      return openStream(request, response, streams, fixture)
    }
    if (url.pathname.startsWith('/api/')) return answerApi(url, response, fixture)
    return void serveFile(url.pathname, response, pageFolder)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    send: (name, message) => streams.forEach((stream) => writeMessage(stream, name, message)),
    cut: (cut) => {
      isCut = cut
      if (cut) streams.forEach((stream) => stream.destroy())
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function openStream(
  request: IncomingMessage,
  response: ServerResponse,
  streams: Set<ServerResponse>,
  fixture: Fixture,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  streams.add(response)
  request.on('close', () => streams.delete(response))
  writeMessage(response, 'status', fixture.status)
}

function writeMessage(stream: ServerResponse, name: string, message: unknown): void {
  stream.write(`event: ${name}\ndata: ${JSON.stringify(message)}\n\n`)
}

function answerApi(url: URL, response: ServerResponse, fixture: Fixture): void {
  const [, , what, key, part] = url.pathname.split('/')
  if (what === 'status') return json(response, fixture.status)
  if (what === 'events') return json(response, fixture.events)
  if (what === 'metrics') return json(response, fixture.metrics)
  if (what === 'records') return json(response, rawRecord(Number(key)))
  if (key === undefined) return json(response, listOf(url, fixture))
  const id = decodeURIComponent(key)
  const found = fixture.requests.find(({ row }) => row.key === id)
  if (found === undefined) return json(response, { error: 'unknown', evicted: id.startsWith('old') }, 404)
  if (part === 'export')
    return json(response, { requestId: id, exported: new Date().toISOString(), records: [rawRecord(1)] })
  return json(response, { ...found.view(), row: found.row })
}

function json(response: ServerResponse, answer: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

function rawRecord(seq: number): RawRecord {
  const attributes = [{ key: 'request.id', value: { stringValue: 'pick-ember' } }]
  return {
    seq,
    signal: 'logs',
    record: { timeUnixNano: '1795236242272399000', severityNumber: 17, eventName: 'job_failed', attributes },
    scope: { name: '@throughline/core', version: '0.1.0' },
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'tournament-worker' } }] },
  }
}

function listOf(url: URL, fixture: Fixture): RequestList {
  const terms = (url.searchParams.get('q') ?? '').split(/\s+/).filter((term) => term !== '')
  const rows = fixture.requests.map(({ row }) => row)
  const matching = rows.filter((row) => terms.every((term) => matches(row, term)))
  const counts = {
    all: matching.length,
    failed: matching.filter((row) => isIn(row, 'failed')).length,
    retried: matching.filter((row) => isIn(row, 'retried')).length,
    slow: matching.filter((row) => isIn(row, 'slow')).length,
  }
  const state = url.searchParams.get('state')
  const chosen = state === null ? matching : matching.filter((row) => isIn(row, state))
  const start = Number(url.searchParams.get('before') ?? 0)
  const end = start + Number(url.searchParams.get('limit') ?? 100)
  const others = terms.filter((term) => !rows.some((row) => matches(row, term)))
  return {
    rows: chosen.slice(start, end),
    next: end < chosen.length ? String(end) : undefined,
    counts,
    slowMs: SLOW_MS,
    emptyBecause: matching.length === 0 && terms.length > 1 ? others[0] : undefined,
    problems: terms
      .filter((term) => term.startsWith('colour:'))
      .map((term) => `${term}: no such field; there are request, user, label, event, level, service`),
  }
}

function matches(row: RequestRow, term: string): boolean {
  if (term.startsWith('user:')) return row.userId === term.slice(5)
  return `${row.key} ${row.name} ${row.labels.join(' ')}`.toLowerCase().includes(term.toLowerCase())
}

function isIn(row: RequestRow, state: string): boolean {
  return state === 'slow' ? (row.answerMs ?? 0) > SLOW_MS : row.outcome === state
}

async function serveFile(path: string, response: ServerResponse, folder: string): Promise<void> {
  const file = join(folder, path.startsWith('/assets/') ? path : 'index.html')
  const isThere = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
  if (!isThere) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
  createReadStream(file).pipe(response)
}
