import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** One item of an envelope: an error event, a transaction, a report of the client. */
export interface SentryItem {
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** What stands in for Sentry's own server. */
export interface SentryIngest {
  readonly dsn: string
  items(type: string): SentryItem['payload'][]
  clear(): void
  stop(): Promise<void>
}

/** Takes envelopes on 127.0.0.1 and keeps their items. */
export async function startSentryIngest(): Promise<SentryIngest> {
  const items: SentryItem[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      items.push(...itemsOf(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body))
      response.end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    dsn: `http://public@127.0.0.1:${port}/1`,
    items: (type) => items.filter((item) => item.type === type).map(({ payload }) => payload),
    clear: () => items.splice(0),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The first line is the envelope's own header; then a header and a payload each. */
function itemsOf(body: Buffer): SentryItem[] {
  const [, ...lines] = body.toString().split('\n')
  const items: SentryItem[] = []
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const { type } = JSON.parse(lines[at] as string) as { type: string }
    items.push({ type, payload: JSON.parse(lines[at + 1] as string) as SentryItem['payload'] })
  }
  return items
}
