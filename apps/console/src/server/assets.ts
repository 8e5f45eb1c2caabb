import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { send } from './answer.js'
import { methodRefusal, Refusal } from './refusal.js'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

const HASHED = '/assets/'

interface Asset {
  readonly type: string
  readonly body: Buffer
  readonly etag: string
}

/** The files of the web page, read once: an address can name one of them and nothing else of the disk. */
export class Assets {
  readonly #files: ReadonlyMap<string, Asset>

  constructor(folder: string) {
    this.#files = new Map(filesIn(folder).map((file) => [pathOf(folder, file), read(file)]))
  }

  /** Whether the page has been built. */
  get areThere(): boolean {
    return this.#files.has('/index.html')
  }

  /** Sends a file, or the page itself for the addresses within it. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): void {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw methodRefusal(request.method, 'GET')
    const found = this.#files.get(path)
    if (found === undefined && isFile(path)) throw new Refusal(404, 'There is no such file.')
    const asset = found ?? this.#files.get('/index.html')
    if (asset === undefined) throw new Refusal(503, notBuilt)
    const isForever = path.startsWith(HASHED)
    const headers = {
      etag: asset.etag,
      'cache-control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
    const isKnown = request.headers['if-none-match'] === asset.etag
    if (isKnown) response.writeHead(304, headers).end()
    else send(request, response, { headers, type: asset.type, body: asset.body })
  }
}

export const notBuilt =
  'The web page has not been built: run `npx turbo run build --filter=@throughline/console`.'

/** What lies below `/assets/`, and names with an extension beside the page, such as `/favicon.ico`. */
function isFile(path: string): boolean {
  return path.startsWith(HASHED) || /^\/[^/]*\.[^/]*$/.test(path)
}

function filesIn(folder: string): string[] {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(path)
    return entry.isFile() && TYPES[extname(entry.name)] !== undefined ? [path] : []
  })
}

function pathOf(folder: string, file: string): string {
  return `/${relative(folder, file).split(sep).join('/')}`
}

function read(file: string): Asset {
  const body = readFileSync(file)
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return { type: TYPES[extname(file)] ?? 'application/octet-stream', body, etag: `"${hash}"` }
}
